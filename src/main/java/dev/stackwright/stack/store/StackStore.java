package dev.stackwright.stack.store;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.stack.StackAction;
import dev.stackwright.stack.StackEvent;
import dev.stackwright.stack.StackPage;
import dev.stackwright.stack.StackProgress;
import dev.stackwright.stack.StackQuery;
import dev.stackwright.stack.StackResource;
import dev.stackwright.stack.StackVersion;
import dev.stackwright.stack.StackView;
import dev.stackwright.template.DeletionPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of stacks and all that hangs on them. Whatever may hold a secret is sealed on its way
 * in.
 */
public class StackStore {

    private static final String VIEW =
            """
            select s.*,
                (select count(*) from stack_resource r
                  where r.stack = s.id and r.standing = 'CURRENT') as resource_count,
                (select count(*) from step t where t.execution = s.execution and t.state = 'DONE'
                    and t.handler = 'stack.resource') as done_steps,
                (select count(*) from step t where t.execution = s.execution
                    and t.handler = 'stack.resource') as all_steps
            from stack s
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final UnaryOperator<String> seal;
    private final UnaryOperator<String> open;

    public StackStore(
            JdbcTemplate rows,
            PlatformTransactionManager transactions,
            JsonMapper json,
            UnaryOperator<String> seal,
            UnaryOperator<String> open) {
        this.jdbc = JdbcClient.create(rows);
        this.transaction = new TransactionTemplate(transactions);
        this.json = json;
        this.seal = seal;
        this.open = open;
    }

    public <T> T within(Supplier<T> work) {
        var result = transaction.execute(_ -> work.get());
        if (result == null) {
            throw new IllegalStateException("A transaction that answers nothing");
        }
        return result;
    }

    // Stacks.

    public Optional<StackView> find(Viewer viewer, UUID id) {
        return jdbc.sql(VIEW + "where s.id = :id and s.cloud = :cloud and s.project = :project")
                .param("id", id)
                .param("cloud", viewer.cloud().value())
                .param("project", viewer.project().value())
                .query((row, _) -> view(row))
                .optional();
    }

    public Optional<StackView> find(UUID id) {
        return jdbc.sql(VIEW + "where s.id = :id")
                .param("id", id)
                .query((row, _) -> view(row))
                .optional();
    }

    /** The same without anything being counted, for those who carry steps out. */
    public Optional<StackView> findUncounted(UUID id) {
        return jdbc.sql(
                        """
                        select s.*, 0 as resource_count, 0 as done_steps, 0 as all_steps
                        from stack s where s.id = :id
                        """)
                .param("id", id)
                .query((row, _) -> view(row))
                .optional();
    }

    public boolean isNameTaken(Viewer viewer, String name) {
        return jdbc.sql(
                                """
                                select count(*) from stack
                                where cloud = :cloud and project = :project and live_name = :name
                                """)
                        .param("cloud", viewer.cloud().value())
                        .param("project", viewer.project().value())
                        .param("name", name)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    public StackPage list(Viewer viewer, StackQuery query) {
        var where =
                """
                where s.cloud = :cloud and s.project = :project and s.live_name is not null
                  and s.parent is null
                  and (lower(s.name) like :text escape '!'
                    or cast(s.id as varchar(36)) like :beginning escape '!')
                  and (:status = '' or (:status = 'moving' and s.progress = 'IN_PROGRESS')
                    or (:status = 'failed' and s.progress = 'FAILED')
                    or (:status = 'complete' and s.progress = 'COMPLETE'))
                  and (:tag = '' or s.tags like :tagged escape '!')
                """;
        boolean down = query.sort().startsWith("-");
        boolean byTime = query.sort().endsWith("updated");
        var sort = byTime ? "coalesce(s.updated_at, s.created_at)" : "s.name";
        var order =
                " order by %s %s, s.id %s fetch first :size rows only"
                        .formatted(sort, down ? "desc" : "asc", down ? "desc" : "asc");
        var after = query.after();
        var beyond =
                after == null
                        ? ""
                        : byTime
                                ? " and (%s, s.id) %s (cast(:key as timestamp(6) with time zone), :id)"
                                        .formatted(sort, down ? "<" : ">")
                                : " and (s.name, s.id) %s (:key, :id)".formatted(down ? "<" : ">");
        var statement =
                jdbc.sql(VIEW + where + beyond + order)
                        .param("cloud", viewer.cloud().value())
                        .param("project", viewer.project().value())
                        .param("text", "%" + escaped(query.text()) + "%")
                        .param("beginning", escaped(query.text()) + "%")
                        .param("status", query.status())
                        .param("tag", query.tag())
                        .param("tagged", "%," + escapedTag(query.tag()) + ",%")
                        .param("size", query.size() + 1);
        if (after != null) {
            int cut = after.lastIndexOf('~');
            statement =
                    statement
                            .param("key", cut < 0 ? after : after.substring(0, cut))
                            .param("id", UUID.fromString(after.substring(cut + 1)));
        }
        var rows = new ArrayList<>(statement.query((row, _) -> view(row)).list());
        String next = null;
        if (rows.size() > query.size()) {
            rows.removeLast();
            var last = rows.getLast();
            var key =
                    byTime
                            ? String.valueOf(
                                    last.updatedAt() == null ? last.createdAt() : last.updatedAt())
                            : last.name();
            next = key + "~" + last.id();
        }
        int total =
                jdbc.sql("select count(*) from stack s " + where)
                        .param("cloud", viewer.cloud().value())
                        .param("project", viewer.project().value())
                        .param("text", "%" + escaped(query.text()) + "%")
                        .param("beginning", escaped(query.text()) + "%")
                        .param("status", query.status())
                        .param("tag", query.tag())
                        .param("tagged", "%," + escapedTag(query.tag()) + ",%")
                        .query(Integer.class)
                        .single();
        return new StackPage(rows, next, total);
    }

    private static String escaped(String text) {
        return escapedTag(text.toLowerCase(java.util.Locale.ROOT));
    }

    private static String escapedTag(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    public void insert(
            UUID id, Viewer viewer, String name, String userName, Duration timeout, Instant now) {
        jdbc.sql(
                        """
                        insert into stack (id, cloud, project, name, live_name, description, action,
                            progress, reason, version, revision, timeout_seconds, created_by,
                            created_by_name, created_at, last_event)
                        values (:id, :cloud, :project, :name, :name, '', 'CREATE', 'COMPLETE', '', 0, 0,
                            :timeout, :user, :userName, :now, 0)
                        """)
                .param("id", id)
                .param("cloud", viewer.cloud().value())
                .param("project", viewer.project().value())
                .param("name", name)
                .param("timeout", timeout.toSeconds())
                .param("user", viewer.user().value())
                .param("userName", userName)
                .param("now", utc(now))
                .update();
    }

    /** A stack behind a resource of another one: its owner's, and alive as long as it. */
    public void insertInside(UUID id, StackView parent, String resource, String name, Instant now) {
        jdbc.sql(
                        """
                        insert into stack (id, cloud, project, name, live_name, description, action,
                            progress, reason, version, revision, timeout_seconds, created_by,
                            created_by_name, created_at, last_event, parent, parent_resource, root)
                        select :id, cloud, project, :name, :name, '', 'CREATE', 'COMPLETE', '', 0, 0,
                            timeout_seconds, created_by, created_by_name, :now, 0, id, :resource,
                            coalesce(root, id)
                        from stack where id = :parent
                        """)
                .param("id", id)
                .param("name", name)
                .param("now", utc(now))
                .param("resource", resource)
                .param("parent", parent.id())
                .update();
    }

    /** The living stacks inside a stack, however deep. */
    public List<StackView> inside(UUID stack) {
        var root =
                jdbc.sql("select coalesce(root, id) as root from stack where id = :id")
                        .param("id", stack)
                        .query((row, _) -> row.getObject(1, UUID.class))
                        .optional();
        if (root.isEmpty()) {
            return List.of();
        }
        var all =
                jdbc.sql(VIEW + "where s.root = :root and s.live_name is not null order by s.name")
                        .param("root", root.get())
                        .query((row, _) -> view(row))
                        .list();
        var within = new LinkedHashSet<>(Set.of(stack));
        int before;
        do {
            before = within.size();
            all.stream()
                    .filter(one -> one.parent() != null && within.contains(one.parent()))
                    .forEach(one -> within.add(one.id()));
        } while (within.size() > before);
        within.remove(stack);
        return all.stream().filter(one -> within.contains(one.id())).toList();
    }

    /** The runs of stacks inside a stack that nobody has ended. */
    public List<UUID> runningInside(UUID stack) {
        var inside = inside(stack).stream().map(StackView::id).toList();
        if (inside.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(
                        """
                        select e.id from stack s join execution e on e.id = s.execution
                        where s.id in (:inside) and e.state = 'RUNNING'
                        """)
                .param("inside", inside)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** The resource behind which it stood goes, and it stays: from now on it is its own. */
    public void release(UUID id) {
        var inside = inside(id).stream().map(StackView::id).toList();
        jdbc.sql(
                        "update stack set parent = null, parent_resource = null, root = null where"
                                + " id = :id")
                .param("id", id)
                .update();
        if (!inside.isEmpty()) {
            jdbc.sql("update stack set root = :root where id in (:ids)")
                    .param("root", id)
                    .param("ids", inside)
                    .update();
        }
    }

    /** Begins an action, if the stack is still what it was; false when it moved. */
    public boolean begin(
            UUID id,
            long revision,
            StackAction action,
            int version,
            String description,
            UUID execution,
            UUID plan,
            Duration timeout,
            Instant now) {
        return jdbc.sql(
                                """
                                update stack set action = :action, progress = 'IN_PROGRESS', reason = '',
                                    first_cause = null, version = :version, description = :description,
                                    revision = revision + 1, execution = :execution,
                                    stored_plan = :plan, timeout_seconds = :timeout, started_at = :now
                                where id = :id and revision = :revision and live_name is not null
                                  and progress <> 'IN_PROGRESS'
                                """)
                        .param("action", action.name())
                        .param("version", version)
                        .param("description", description)
                        .param("execution", execution)
                        .param("plan", plan)
                        .param("timeout", timeout.toSeconds())
                        .param("now", utc(now))
                        .param("id", id)
                        .param("revision", revision)
                        .update()
                == 1;
    }

    public void end(
            UUID id,
            StackProgress progress,
            String reason,
            @Nullable String firstCause,
            Instant at) {
        jdbc.sql(
                        """
                        update stack set progress = :progress, reason = :reason,
                            first_cause = :cause, revision = revision + 1, updated_at = :at
                        where id = :id
                        """)
                .param("progress", progress.name())
                .param("reason", reason)
                .param("cause", firstCause, Types.VARCHAR)
                .param("at", utc(at))
                .param("id", id)
                .update();
    }

    public void bury(UUID id, Instant at) {
        jdbc.sql("update stack set live_name = null, deleted_at = :at where id = :id")
                .param("at", utc(at))
                .param("id", id)
                .update();
        jdbc.sql("update stack_resource set standing = 'GONE' where stack = :id")
                .param("id", id)
                .update();
        // What is inside a stack that is given up is given up with it.
        for (var inside : inside(id)) {
            jdbc.sql("update stack set live_name = null, deleted_at = :at where id = :id")
                    .param("at", utc(at))
                    .param("id", inside.id())
                    .update();
            jdbc.sql("update stack_resource set standing = 'GONE' where stack = :id")
                    .param("id", inside.id())
                    .update();
        }
    }

    /**
     * Where a stack goes back to once its run has ended.
     *
     * @param plan the id that the plan for it will have
     */
    public record Rollback(int version, UUID plan, String by) {}

    /** Whether its latest version came with the run that is under way. */
    public boolean cameWithRun(StackView stack) {
        return jdbc.sql(
                                """
                                select count(*) from stack s
                                join stack_version v on v.stack = s.id and v.number = s.version
                                where s.id = :id and v.made_at = s.started_at
                                """)
                        .param("id", stack.id())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** False when that run is over already. */
    public boolean wishRollback(
            UUID id, @Nullable UUID execution, int version, UUID plan, String by) {
        return jdbc.sql(
                                """
                                update stack set rollback_version = :version, rollback_plan = :plan,
                                    rollback_by = :by
                                where id = :id and execution = :execution
                                  and progress = 'IN_PROGRESS' and rollback_plan is null
                                """)
                        .param("version", version)
                        .param("plan", plan)
                        .param("by", by)
                        .param("id", id)
                        .param("execution", execution)
                        .update()
                == 1;
    }

    /** What was wished; it is wished no more. */
    public Optional<Rollback> takeRollback(UUID id) {
        var wish =
                jdbc.sql("select * from stack where id = :id and rollback_plan is not null")
                        .param("id", id)
                        .query((row, _) ->
                                new Rollback(
                                        row.getInt("rollback_version"),
                                        row.getObject("rollback_plan", UUID.class),
                                        row.getString("rollback_by")))
                        .optional();
        if (wish.isPresent()) {
            jdbc.sql(
                            """
                            update stack set rollback_version = null, rollback_plan = null,
                                rollback_by = null
                            where id = :id
                            """)
                    .param("id", id)
                    .update();
        }
        return wish;
    }

    /** Moves the revision: what was planned before is stale. */
    public void tag(UUID id, Set<String> tags) {
        jdbc.sql("update stack set tags = :tags where id = :id")
                .param("tags", tags.isEmpty() ? "" : "," + String.join(",", tags) + ",")
                .param("id", id)
                .update();
    }

    public void protect(UUID id, boolean wanted) {
        jdbc.sql(
                        "update stack set delete_protected = :wanted, revision = revision + 1 where"
                                + " id = :id")
                .param("wanted", wanted)
                .param("id", id)
                .update();
    }

    /** What somebody says of a resource: the next update builds it anew, or not any more. */
    public boolean judge(UUID stack, String resource, boolean well, String reason, Instant at) {
        int judged =
                jdbc.sql(
                                """
                                update stack_resource set action = 'CHECK', progress = :progress,
                                    reason = :reason, updated_at = :at
                                where stack = :stack and name = :name and standing = 'CURRENT'
                                  and begun and progress <> 'IN_PROGRESS'
                                """)
                        .param("progress", well ? "COMPLETE" : "FAILED")
                        .param("reason", reason)
                        .param("at", utc(at))
                        .param("stack", stack)
                        .param("name", resource)
                        .update();
        if (judged == 1) {
            // What was planned for a stack around it is stale as well.
            jdbc.sql(
                            """
                            update stack set revision = revision + 1
                            where id = :id or id = (select i.root from stack i where i.id = :id)
                            """)
                    .param("id", stack)
                    .update();
        }
        return judged == 1;
    }

    /** The living stacks of the project whose parameters hold this text. */
    public List<String> stacksGiven(StackView giver, String text) {
        return jdbc.sql(
                        """
                        select s.name from stack s
                        join stack_version v on v.stack = s.id and v.number = s.version
                        where s.cloud = :cloud and s.project = :project
                          and s.live_name is not null and s.id <> :id
                          and v.parameters like :text escape '!'
                        order by s.name
                        """)
                .param("cloud", giver.cloud().value())
                .param("project", giver.project().value())
                .param("id", giver.id())
                .param("text", "%" + escapedTag(text) + "%")
                .query((row, _) -> row.getString("name"))
                .list();
    }

    public Optional<UUID> planOf(UUID stack) {
        return jdbc.sql("select stored_plan from stack where id = :id and stored_plan is not null")
                .param("id", stack)
                .query((row, _) -> row.getObject(1, UUID.class))
                .optional();
    }

    /** The median of the latest creations, by type. */
    public Map<String, Duration> usualDurations(Viewer viewer) {
        var all = new LinkedHashMap<String, List<Duration>>();
        jdbc.sql(
                        """
                        select r.type, r.started_at, r.updated_at from stack_resource r
                        join stack s on s.id = r.stack
                        where s.cloud = :cloud and s.project = :project and r.action = 'CREATE'
                          and r.progress = 'COMPLETE' and r.started_at is not null
                          and r.updated_at is not null
                        order by r.started_at desc fetch first 2000 rows only
                        """)
                .param("cloud", viewer.cloud().value())
                .param("project", viewer.project().value())
                .query((row, _) ->
                        Map.entry(
                                row.getString("type"),
                                Duration.between(time(row, "started_at"), time(row, "updated_at"))))
                .list()
                .forEach(one ->
                        all.computeIfAbsent(one.getKey(), _ -> new ArrayList<>())
                                .add(one.getValue()));
        var usual = new LinkedHashMap<String, Duration>();
        all.forEach((type, lengths) ->
                usual.put(type, lengths.stream().sorted().toList().get(lengths.size() / 2)));
        return usual;
    }

    // Versions.

    public void insertVersion(UUID stack, int number, Source source, String by, Instant at) {
        boolean generated = source.isGenerated();
        jdbc.sql(
                        """
                        insert into stack_version (stack, number, template, environment, files,
                            parameters, hidden_parameters, made_by, made_at, inside)
                        values (:stack, :number, :template, :environment, :files, :parameters,
                            :hidden, :by, :at, :inside)
                        """)
                .param("stack", stack)
                .param("number", number)
                .param("template", generated ? "" : source.template())
                .param(
                        "inside",
                        source.inside() == null ? null : seal.apply(inside(source)),
                        Types.VARCHAR)
                .param("environment", seal.apply(source.environment()))
                .param("files", json.writeValueAsString(source.files()))
                .param("parameters", json.writeValueAsString(source.parameters()))
                .param("hidden", seal.apply(json.writeValueAsString(source.hidden())))
                .param("by", by)
                .param("at", utc(at))
                .update();
    }

    public Optional<Source> source(UUID stack, int number) {
        return jdbc.sql("select * from stack_version where stack = :stack and number = :number")
                .param("stack", stack)
                .param("number", number)
                .query((row, _) -> versionSource(row))
                .optional();
    }

    /** Who made a version. */
    public String madeBy(UUID stack, int number) {
        return jdbc.sql(
                        "select made_by from stack_version where stack = :stack and number ="
                                + " :number")
                .param("stack", stack)
                .param("number", number)
                .query(String.class)
                .optional()
                .orElse("");
    }

    public List<StackVersion> versions(UUID stack) {
        return jdbc.sql("select * from stack_version where stack = :stack order by number desc")
                .param("stack", stack)
                .query((row, _) -> {
                    var source = source(row);
                    return new StackVersion(
                            stack,
                            row.getInt("number"),
                            source.template(),
                            // Behind a resource it holds that resource's properties.
                            row.getString("inside") == null ? source.environment() : "",
                            source.files(),
                            source.parameters(),
                            source.hidden().keySet(),
                            row.getString("made_by"),
                            time(row, "made_at"));
                })
                .list();
    }

    private Source source(ResultSet row) throws SQLException {
        return new Source(
                row.getString("template"),
                open.apply(row.getString("environment")),
                texts(row.getString("files")),
                texts(row.getString("parameters")),
                texts(open.apply(row.getString("hidden_parameters"))));
    }

    /** The source of a version; a plan has none that stands behind a resource. */
    private Source versionSource(ResultSet row) throws SQLException {
        var plain = source(row);
        var sealed = row.getString("inside");
        if (sealed == null) {
            return plain;
        }
        var inside = json.readTree(open.apply(sealed));
        boolean generated = inside.path("generated").asBoolean(false);
        return new Source(
                generated ? inside.path("template").asString("") : plain.template(),
                plain.environment(),
                plain.files(),
                plain.parameters(),
                plain.hidden(),
                new Source.Inside(inside.path("facade").asString("{}"), generated));
    }

    private String inside(Source source) {
        var more = source.inside();
        var all = new LinkedHashMap<String, Object>();
        all.put("generated", source.isGenerated());
        all.put("facade", more == null ? "{}" : more.facade());
        if (source.isGenerated()) {
            all.put("template", source.template());
        }
        return json.writeValueAsString(all);
    }

    private Map<String, String> texts(String object) {
        return json.readValue(object, new TypeReference<LinkedHashMap<String, String>>() {});
    }

    // Resources.

    public void insertResource(
            UUID id,
            UUID stack,
            String name,
            String type,
            int place,
            ResourceRow.Standing standing,
            Set<String> dependsOn,
            DeletionPolicy policy) {
        jdbc.sql(
                        """
                        insert into stack_resource (id, stack, name, type, place, standing, action,
                            progress, begun, reason, note, depends_on, deletion_policy)
                        values (:id, :stack, :name, :type, :place, :standing, 'CREATE', 'COMPLETE',
                            false, '', '', :dependsOn, :policy)
                        """)
                .param("id", id)
                .param("stack", stack)
                .param("name", name)
                .param("type", type)
                .param("place", place)
                .param("standing", standing.name())
                .param("dependsOn", json.writeValueAsString(dependsOn))
                .param("policy", policy.name())
                .update();
    }

    /** What a new version of the template says about a resource that stays. */
    public void redefine(UUID id, int place, Set<String> dependsOn, DeletionPolicy policy) {
        jdbc.sql(
                        """
                        update stack_resource set place = :place, depends_on = :dependsOn,
                            deletion_policy = :policy where id = :id
                        """)
                .param("place", place)
                .param("dependsOn", json.writeValueAsString(dependsOn))
                .param("policy", policy.name())
                .param("id", id)
                .update();
    }

    public void removeResource(UUID id) {
        jdbc.sql("delete from stack_resource where id = :id").param("id", id).update();
    }

    /** Everything but what is gone. */
    public List<ResourceRow> resources(UUID stack) {
        return jdbc.sql(
                        """
                        select * from stack_resource where stack = :stack and standing <> 'GONE'
                        order by place, name, started_at, id
                        """)
                .param("stack", stack)
                .query((row, _) -> resource(row))
                .list();
    }

    /** The same of all living stacks inside an outermost one. */
    public List<ResourceRow> resourcesInside(UUID root) {
        return jdbc.sql(
                        """
                        select r.* from stack_resource r join stack s on s.id = r.stack
                        where s.root = :root and s.live_name is not null and r.standing <> 'GONE'
                        order by r.place, r.name, r.started_at, r.id
                        """)
                .param("root", root)
                .query((row, _) -> resource(row))
                .list();
    }

    /** Of a stack that is deleted, too. */
    public List<ResourceRow> allResources(UUID stack) {
        return jdbc.sql(
                        "select * from stack_resource where stack = :stack order by place, name,"
                                + " id")
                .param("stack", stack)
                .query((row, _) -> resource(row))
                .list();
    }

    public Optional<ResourceRow> resource(UUID id) {
        return jdbc.sql("select * from stack_resource where id = :id")
                .param("id", id)
                .query((row, _) -> resource(row))
                .optional();
    }

    public Optional<ResourceRow> current(UUID stack, String name) {
        return jdbc.sql(
                        """
                        select * from stack_resource
                        where stack = :stack and name = :name and standing = 'CURRENT'
                        """)
                .param("stack", stack)
                .param("name", name)
                .query((row, _) -> resource(row))
                .optional();
    }

    private ResourceRow resource(ResultSet row) throws SQLException {
        var standing = ResourceRow.Standing.valueOf(row.getString("standing"));
        var dependsOn = new LinkedHashSet<String>();
        json.readTree(row.getString("depends_on")).forEach(one -> dependsOn.add(one.asString()));
        var applied = row.getString("applied");
        return new ResourceRow(
                new StackResource(
                        row.getObject("id", UUID.class),
                        row.getObject("stack", UUID.class),
                        row.getString("name"),
                        row.getString("type"),
                        row.getString("physical_id"),
                        row.getString("physical_name"),
                        null,
                        StackAction.valueOf(row.getString("action")),
                        StackProgress.valueOf(row.getString("progress")),
                        row.getBoolean("begun"),
                        standing == ResourceRow.Standing.CURRENT
                                || standing == ResourceRow.Standing.GONE,
                        row.getString("reason"),
                        row.getString("note"),
                        dependsOn,
                        timeOrNull(row, "started_at"),
                        timeOrNull(row, "updated_at")),
                standing,
                DeletionPolicy.valueOf(row.getString("deletion_policy")),
                applied == null ? null : open.apply(applied));
    }

    /** What is to take its place takes it; what had it becomes old. */
    public void enthrone(ResourceRow next) {
        jdbc.sql(
                        """
                        update stack_resource set standing = 'OLD'
                        where stack = :stack and name = :name and standing = 'CURRENT' and id <> :id
                        """)
                .param("stack", next.view().stack())
                .param("name", next.view().name())
                .param("id", next.view().id())
                .update();
        jdbc.sql("update stack_resource set standing = 'CURRENT' where id = :id")
                .param("id", next.view().id())
                .update();
    }

    /** True when it was not already so. */
    public boolean beginResource(UUID id, StackAction action, Instant at) {
        return jdbc.sql(
                                """
                                update stack_resource set action = :action, progress = 'IN_PROGRESS',
                                    begun = true, reason = '', note = '', started_at = :at, updated_at = :at
                                where id = :id
                                  and not (action = :action and progress = 'IN_PROGRESS' and begun)
                                """)
                        .param("action", action.name())
                        .param("at", utc(at))
                        .param("id", id)
                        .update()
                == 1;
    }

    public void setPhysicalId(UUID id, String physicalId) {
        jdbc.sql("update stack_resource set physical_id = :physical where id = :id")
                .param("physical", physicalId)
                .param("id", id)
                .update();
    }

    public void setPhysicalName(UUID id, String name) {
        jdbc.sql("update stack_resource set physical_name = :name where id = :id")
                .param("name", name.length() > 255 ? name.substring(0, 255) : name)
                .param("id", id)
                .update();
    }

    /** What was last applied to a resource of the project, by its physical id; sealed no more. */
    public Optional<String> appliedTo(
            StackView stack, String physicalId, Collection<String> types) {
        return jdbc.sql(
                        """
                        select r.applied from stack_resource r join stack s on s.id = r.stack
                        where r.physical_id = :physical and r.type in (:types)
                          and r.applied is not null and r.standing <> 'GONE'
                          and s.cloud = :cloud and s.project = :project
                        """)
                .param("physical", physicalId)
                .param("types", types)
                .param("cloud", stack.cloud().value())
                .param("project", stack.project().value())
                .query(String.class)
                .optional()
                .map(open);
    }

    public void setNote(UUID id, String note) {
        jdbc.sql("update stack_resource set note = :note where id = :id")
                .param("note", note)
                .param("id", id)
                .update();
    }

    /** True when it was not already so. */
    public boolean endResource(
            UUID id, StackProgress progress, String reason, @Nullable String sealed, Instant at) {
        return jdbc.sql(
                                """
                                update stack_resource set progress = :progress, reason = :reason, note = '',
                                    applied = coalesce(:applied, applied), updated_at = :at
                                where id = :id and progress = 'IN_PROGRESS'
                                """)
                        .param("progress", progress.name())
                        .param("reason", reason)
                        .param("applied", sealed, Types.VARCHAR)
                        .param("at", utc(at))
                        .param("id", id)
                        .update()
                == 1;
    }

    /**
     * The object is deleted: a resource of old is forgotten, one of the stack may be made again.
     */
    public void gone(ResourceRow row) {
        jdbc.sql("update stack_resource set standing = 'GONE' where id = :id")
                .param("id", row.view().id())
                .update();
    }

    /** What was to take a place and never began to. */
    public void dropUnbegun(UUID stack) {
        jdbc.sql(
                        "delete from stack_resource where stack = :stack and standing = 'NEXT' and"
                                + " not begun")
                .param("stack", stack)
                .update();
    }

    /** The stacks that living objects belong to, by physical id: id and name. */
    public Map<String, Map.Entry<UUID, String>> stacksOf(
            CloudName cloud, ProjectId project, Collection<String> physicalIds) {
        return stacksOf(cloud, project, physicalIds, "");
    }

    /** The same of stacks that are there still. */
    public Map<String, Map.Entry<UUID, String>> livingStacksOf(
            CloudName cloud, ProjectId project, Collection<String> physicalIds) {
        return stacksOf(cloud, project, physicalIds, "and s.deleted_at is null");
    }

    private Map<String, Map.Entry<UUID, String>> stacksOf(
            CloudName cloud, ProjectId project, Collection<String> physicalIds, String which) {
        var found = new LinkedHashMap<String, Map.Entry<UUID, String>>();
        if (physicalIds.isEmpty()) {
            return found;
        }
        jdbc.sql(
                        """
                        select r.physical_id, s.id, s.name from stack_resource r
                        join stack s on s.id = r.stack
                        where r.physical_id in (:ids) and s.cloud = :cloud and s.project = :project
                        %s
                        order by case when s.deleted_at is null then 1 else 0 end, s.created_at
                        """
                                .formatted(which))
                .param("ids", physicalIds)
                .param("cloud", cloud.value())
                .param("project", project.value())
                .query(row -> {
                    // The last one wins: what one stack left behind another may have adopted.
                    found.put(
                            row.getString(1),
                            Map.entry(row.getObject(2, UUID.class), row.getString(3)));
                });
        return found;
    }

    // Events.

    public void event(
            UUID stack,
            Instant at,
            @Nullable ResourceRow resource,
            StackAction action,
            StackProgress progress,
            String reason) {
        jdbc.sql("update stack set last_event = last_event + 1 where id = :id")
                .param("id", stack)
                .update();
        jdbc.sql(
                        """
                        insert into stack_event (stack, number, happened_at, resource, type,
                            physical_id, action, progress, reason)
                        values (:stack, (select last_event from stack where id = :stack), :at,
                            :resource, :type, :physical, :action, :progress, :reason)
                        """)
                .param("stack", stack)
                .param("at", utc(at))
                .param("resource", resource == null ? null : resource.view().name(), Types.VARCHAR)
                .param("type", resource == null ? null : resource.view().type(), Types.VARCHAR)
                .param(
                        "physical",
                        resource == null ? null : resource.view().physicalId(),
                        Types.VARCHAR)
                .param("action", action.name())
                .param("progress", progress.name())
                .param("reason", reason)
                .update();
    }

    public List<StackEvent> eventsSince(UUID stack, long since, int limit) {
        return jdbc.sql(
                        """
                        select * from stack_event where stack = :stack and number > :since
                        order by number fetch first :limit rows only
                        """)
                .param("stack", stack)
                .param("since", since)
                .param("limit", limit)
                .query((row, _) -> event(row))
                .list();
    }

    public List<StackEvent> latestEvents(UUID stack, int limit) {
        return jdbc.sql(
                        """
                        select * from stack_event where stack = :stack
                        order by number desc fetch first :limit rows only
                        """)
                .param("stack", stack)
                .param("limit", limit)
                .query((row, _) -> event(row))
                .list();
    }

    /** What happened before event number {@code before}, newest first. */
    public List<StackEvent> eventsBefore(UUID stack, long before, int limit) {
        return jdbc.sql(
                        """
                        select * from stack_event where stack = :stack and number < :before
                        order by number desc fetch first :limit rows only
                        """)
                .param("stack", stack)
                .param("before", before)
                .param("limit", limit)
                .query((row, _) -> event(row))
                .list();
    }

    /** What happened to the stack as a whole after a moment. */
    public List<StackEvent> stackEventsAfter(UUID stack, Instant after) {
        return jdbc.sql(
                        """
                        select * from stack_event where stack = :stack and resource is null
                          and happened_at > :after order by number
                        """)
                .param("stack", stack)
                .param("after", utc(after))
                .query((row, _) -> event(row))
                .list();
    }

    private static StackEvent event(ResultSet row) throws SQLException {
        return new StackEvent(
                row.getObject("stack", UUID.class),
                row.getLong("number"),
                time(row, "happened_at"),
                row.getString("resource"),
                row.getString("type"),
                row.getString("physical_id"),
                StackAction.valueOf(row.getString("action")),
                StackProgress.valueOf(row.getString("progress")),
                row.getString("reason"));
    }

    // Plans.

    public long nextPlanNumber(Viewer viewer) {
        return jdbc.sql(
                                """
                                select coalesce(max(number), 0) from stored_plan
                                where cloud = :cloud and project = :project
                                """)
                        .param("cloud", viewer.cloud().value())
                        .param("project", viewer.project().value())
                        .query(Long.class)
                        .single()
                + 1;
    }

    public void insertPlan(Viewer viewer, PlanRow plan) {
        jdbc.sql(
                        """
                        insert into stored_plan (id, number, cloud, project, stack, stack_name, action,
                            base_version, base_revision, plan, template, environment, files,
                            parameters, hidden_parameters, timeout_seconds, made_by, made_at)
                        values (:id, :number, :cloud, :project, :stack, :name, :action, :version,
                            :revision, :plan, :template, :environment, :files, :parameters, :hidden,
                            :timeout, :by, :at)
                        """)
                .param("id", plan.id())
                .param("number", plan.number())
                .param("cloud", viewer.cloud().value())
                .param("project", viewer.project().value())
                .param("stack", plan.stack())
                .param("name", plan.stackName())
                .param("action", plan.action().name())
                .param("version", plan.baseVersion())
                .param("revision", plan.baseRevision())
                .param("plan", plan.plan())
                .param("template", plan.source().template())
                .param("environment", seal.apply(plan.source().environment()))
                .param("files", json.writeValueAsString(plan.source().files()))
                .param("parameters", json.writeValueAsString(plan.source().parameters()))
                .param("hidden", seal.apply(json.writeValueAsString(plan.source().hidden())))
                .param("timeout", plan.timeout().toSeconds())
                .param("by", plan.madeBy())
                .param("at", utc(plan.madeAt()))
                .update();
    }

    public Optional<PlanRow> plan(Viewer viewer, UUID id) {
        return jdbc.sql(
                        """
                        select * from stored_plan
                        where id = :id and cloud = :cloud and project = :project
                        """)
                .param("id", id)
                .param("cloud", viewer.cloud().value())
                .param("project", viewer.project().value())
                .query((row, _) ->
                        new PlanRow(
                                id,
                                row.getLong("number"),
                                row.getObject("stack", UUID.class),
                                row.getString("stack_name"),
                                StackAction.valueOf(row.getString("action")),
                                row.getInt("base_version"),
                                row.getLong("base_revision"),
                                row.getString("plan"),
                                source(row),
                                Duration.ofSeconds(row.getLong("timeout_seconds")),
                                row.getString("made_by"),
                                time(row, "made_at"),
                                row.getObject("execution", UUID.class),
                                row.getString("applied_by"),
                                timeOrNull(row, "applied_at")))
                .optional();
    }

    /** False when somebody else was quicker. */
    public boolean applied(UUID plan, UUID execution, String by, Instant at) {
        return jdbc.sql(
                                """
                                update stored_plan set execution = :execution, applied_by = :by,
                                    applied_at = :at where id = :id and execution is null
                                """)
                        .param("execution", execution)
                        .param("by", by)
                        .param("at", utc(at))
                        .param("id", plan)
                        .update()
                == 1;
    }

    // Credentials.

    /** A credential that somebody is about to make; one that was intended before stays as it is. */
    public void intendCredential(UUID id, Viewer viewer, String name, Instant at) {
        int known =
                jdbc.sql("select count(*) from credential where id = :id")
                        .param("id", id)
                        .query(Integer.class)
                        .single();
        if (known == 0) {
            jdbc.sql(
                            """
                            insert into credential (id, cloud, owner_id, name, made_at)
                            values (:id, :cloud, :owner, :name, :at)
                            """)
                    .param("id", id)
                    .param("cloud", viewer.cloud().value())
                    .param("owner", viewer.user().value())
                    .param("name", name)
                    .param("at", utc(at))
                    .update();
        }
    }

    public void keepCredential(UUID id, String secret) {
        jdbc.sql("update credential set sealed = :sealed where id = :id")
                .param("sealed", seal.apply(secret))
                .param("id", id)
                .update();
    }

    public Optional<String> credential(UUID id) {
        return jdbc.sql("select sealed from credential where id = :id and sealed is not null")
                .param("id", id)
                .query(String.class)
                .optional()
                .map(open);
    }

    /** From now on it is there for whatever acts in the stack between its runs. */
    public void standsFor(UUID credential, UUID stack) {
        jdbc.sql("update credential set stack = :stack where id = :id")
                .param("stack", stack)
                .param("id", credential)
                .update();
    }

    /** The latest first. */
    public List<UUID> standingCredentials(UUID stack) {
        return jdbc.sql("select id from credential where stack = :stack order by made_at desc, id")
                .param("stack", stack)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** How long a group rests between two changes of its size, when a policy said so. */
    public Optional<Duration> cooldown(UUID group) {
        return jdbc.sql(
                        "select cooldown_seconds from stack_resource where id = :id and"
                                + " cooldown_seconds is not null")
                .param("id", group)
                .query(Long.class)
                .optional()
                .map(Duration::ofSeconds);
    }

    public void setCooldown(UUID group, Duration length) {
        jdbc.sql("update stack_resource set cooldown_seconds = :seconds where id = :id")
                .param("seconds", length.toSeconds())
                .param("id", group)
                .update();
    }

    public void forgetCredential(UUID id) {
        jdbc.sql("delete from credential where id = :id").param("id", id).update();
    }

    /** What this person was about to make long ago and never used: id and name. */
    public Map<UUID, String> strayCredentials(Viewer viewer, Instant before) {
        var stray = new LinkedHashMap<UUID, String>();
        jdbc.sql(
                        """
                        select id, name from credential where cloud = :cloud and owner_id = :owner
                          and sealed is null and made_at < :before
                        """)
                .param("cloud", viewer.cloud().value())
                .param("owner", viewer.user().value())
                .param("before", utc(before))
                .query(row -> {
                    stray.put(row.getObject(1, UUID.class), row.getString(2));
                });
        return stray;
    }

    private static StackView view(ResultSet row) throws SQLException {
        return new StackView(
                row.getObject("id", UUID.class),
                new CloudName(row.getString("cloud")),
                new ProjectId(row.getString("project")),
                row.getString("name"),
                row.getString("description"),
                StackAction.valueOf(row.getString("action")),
                StackProgress.valueOf(row.getString("progress")),
                row.getString("reason"),
                row.getString("first_cause"),
                row.getInt("version"),
                row.getLong("revision"),
                row.getInt("resource_count"),
                row.getInt("done_steps"),
                row.getInt("all_steps"),
                row.getString("created_by_name"),
                time(row, "created_at"),
                timeOrNull(row, "updated_at"),
                timeOrNull(row, "deleted_at"),
                row.getObject("execution", UUID.class),
                timeOrNull(row, "started_at"),
                tags(row.getString("tags")),
                row.getBoolean("delete_protected"),
                row.getObject("parent", UUID.class),
                row.getString("parent_resource"),
                row.getObject("root", UUID.class));
    }

    private static Set<String> tags(String joined) {
        var tags = new LinkedHashSet<>(List.of(joined.split(",")));
        tags.remove("");
        return tags;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
