package dev.stackwright.cloud;

import static dev.stackwright.cloud.Request.delete;
import static dev.stackwright.cloud.Request.get;
import static dev.stackwright.cloud.Request.post;
import static dev.stackwright.cloud.Service.COMPUTE;
import static dev.stackwright.cloud.Service.IMAGE;
import static dev.stackwright.cloud.Service.NETWORK;
import static dev.stackwright.cloud.Service.VOLUME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What may stand behind the question mark and in the version header, and what a cloud says to what
 * may not; trusts, snapshots, groups of servers.
 */
public abstract class QueryContract extends Contract {

    @ParameterizedTest(name = "{0}?{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    /networks        | bogus=1                  | ['bogus'] is invalid attribute for filtering
                    /ports           | bogus=1                  | ['bogus'] is invalid attribute for filtering
                    /security-groups | bogus=1                  | ['bogus'] is invalid attribute for filtering
                    /networks        | limit=-1                 | Limit must be an integer 0 or greater and not '-1'
                    /networks        | limit=x                  | Limit must be an integer 0 or greater and not 'x'
                    /networks        | sort_key=bogus&sort_dir=asc | ['bogus'] is invalid attribute for sort_keys
                    /networks        | sort_key=name&sort_dir=up | ['up'] is invalid value for sort_dirs
                    /networks        | sort_key=name            | The number of sort_keys and sort_dirs must be same
                    /networks        | shared=maybe             | 'maybe' cannot be converted to boolean.
                    /networks        | admin_state_up=maybe     | 'maybe' cannot be converted to boolean.
                    """)
    void neutronRefusesWhatItCannotFilterOrSortBy(String path, String query, String said) {
        assertThat(refused(get(NETWORK, path), query)).contains(said);
    }

    @ParameterizedTest(name = "{0}?{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    /servers          | bogus=1                 | 'bogus' does not match any of the regexes: '^_'
                    /servers/detail   | status=BOGUS            | Invalid status value
                    /servers          | limit=-1                | '-1' does not match '^[0-9]*$'
                    /servers          | marker=11111111-1111-1111-1111-111111111111 | marker [11111111-1111-1111-1111-111111111111] not found
                    /servers          | sort_key=bogus          | 'bogus' is not one of [
                    /servers          | changes-since=yesterday | 'yesterday' is not a 'date-time'
                    /servers          | name=[                  | '[' is not a 'regex'
                    /flavors          | marker=nope             | marker [nope] not found
                    /flavors          | limit=x                 | 'x' does not match '^[0-9]*$'
                    /flavors          | bogus=1                 | ('bogus' was unexpected)
                    /flavors          | minRam=x                | Invalid minRam filter [x]
                    /flavors          | sort_key=bogus          | 'bogus' is not one of ['created_at'
                    /os-keypairs      | limit=x                 | 'x' does not match '^[0-9]*$'
                    /os-keypairs      | marker=nope             | Marker nope could not be found.
                    /os-keypairs      | bogus=1                 | ('bogus' was unexpected)
                    /os-server-groups | limit=x                 | 'x' does not match '^[0-9]*$'
                    /os-server-groups | offset=-1               | '-1' does not match '^[0-9]*$'
                    /os-server-groups | bogus=1                 | ('bogus' was unexpected)
                    """)
    void novaRefusesWhatItsSchemaDoesNotHave(String path, String query, String said) {
        assertThat(refused(get(COMPUTE, path).microversion(NOVA), query)).contains(said);
    }

    @Test
    void anOldNovaTakesNoNoticeOfAFilterThatItDoesNotKnow() {
        assertThat(my(get(COMPUTE, "/servers").query("bogus", "1").microversion("2.74")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}?{1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /volumes   | bogus=1               | Invalid filters bogus are found in query options.
                    /snapshots | bogus=1               | Invalid filters bogus are found in query options.
                    /volumes   | limit=-1              | limit param must be positive
                    /volumes   | limit=x               | limit param must be an integer
                    /volumes   | offset=-1             | offset must be >= 0
                    /volumes   | offset=x              | offset must be an integer
                    /volumes   | sort=bogus            | Invalid sort key
                    /volumes   | sort=name:up          | Unknown sort direction
                    /volumes   | sort_key=name&sort_dir=up | Unknown sort direction
                    """)
    void cinderRefusesWhatItCannotFilterOrSortBy(String path, String query, String said) {
        assertThat(refused(get(VOLUME, path).microversion(CINDER), query)).contains(said);
    }

    @Test
    void anOldCinderTakesNoNoticeOfAFilterThatItDoesNotKnow() {
        assertThat(my(get(VOLUME, "/volumes").query("bogus", "1")).status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    limit=-1            | limit param must be positive
                    limit=x             | limit param must be an integer
                    marker=nope         | No image found with ID nope
                    sort=bogus          | Invalid sort key: bogus
                    sort_key=bogus      | Invalid sort key: bogus
                    sort=name:up        | Invalid sort direction: up
                    sort_dir=up         | Invalid sort direction: up
                    visibility=bogus    | Invalid visibility value: bogus
                    member_status=bogus | Invalid status: bogus
                    size_min=x          | Unable to filter on a range with a non-numeric value.
                    protected=maybe     | Invalid value 'maybe' for 'protected' filter.
                    """)
    void glanceRefusesWhatItCannotFilterOrSortBy(String query, String said) {
        assertThat(refused(get(IMAGE, "/images"), query)).contains(said);
    }

    @Test
    void glanceTakesAnUnknownFilterForAPropertyThatNoImageHas() {
        assertThat(mine(get(IMAGE, "/images").query("bogus", "1"), "images")).isEmpty();
    }

    @Test
    void aMicroversionThatIsNotThereIsSaid() {
        for (var version : List.of("2.0", "2.999", "3.1")) {
            var failure = failed(get(COMPUTE, "/servers").microversion(version));
            assertThat(failure.status()).isEqualTo(406);
            assertThat(failure.said()).contains("Version " + version + " is not supported");
        }
        assertThat(failed(get(COMPUTE, "/servers").microversion("abc")).status()).isEqualTo(400);
        assertThat(failed(get(VOLUME, "/volumes").microversion("3.999")).status()).isEqualTo(406);
        assertThat(failed(get(VOLUME, "/volumes").microversion("abc")).status()).isEqualTo(400);
        assertThat(my(get(COMPUTE, "/servers").microversion("latest")).status()).isEqualTo(200);
    }

    @Test
    void aPageIsAsLongAsAskedAndGoesOnBehindItsMarker() {
        var made = List.of(network("page-1"), network("page-2"), network("page-3"));
        var first =
                my(get(NETWORK, "/networks")
                                .query("limit", 2)
                                .query("sort_key", "id")
                                .query("sort_dir", "asc"))
                        .body();
        assertThat(first.path("networks").size()).isEqualTo(2);
        assertThat(first.path("networks_links").get(0).path("rel").asString()).isEqualTo("next");
        var marker = first.path("networks").get(1).path("id").asString();
        var second =
                my(get(NETWORK, "/networks")
                                .query("limit", 2)
                                .query("sort_key", "id")
                                .query("sort_dir", "asc")
                                .query("marker", marker))
                        .body();
        assertThat(second.path("networks").get(0).path("id").asString()).isGreaterThan(marker);
        assertThat(ids(mine(get(NETWORK, "/networks").query("limit", 1), "networks")))
                .containsAll(made)
                .doesNotHaveDuplicates();
    }

    @Test
    void aTrustLetsTheTrusteeActAsTheTrustorUntilItIsTakenBack() {
        var trustee = cloud.serviceAccount().orElseThrow().as(os -> os.token().user());
        var trust = member(os -> new Trusts(os).create(trustee, Set.of("member")));
        cleanUp.push(() -> takeBack(trust));
        assertThat(given()).contains(trust.id());

        var token = cloud.authenticate(serviceCredentials(), trust);

        assertThat(token.user()).as("it acts as the one who trusts").isEqualTo(member.user());
        assertThat(token.project()).isEqualTo(member.project());
        assertThat(token.roles()).contains("member").doesNotContain("admin");
        assertThat(listed(token, get(NETWORK, "/networks"), "networks")).isNotEmpty();

        takeBack(trust);
        takeBack(trust);
        assertThat(given()).doesNotContain(trust.id());
        var refused =
                catchThrowableOfType(
                        AuthenticationFailure.class,
                        () -> cloud.authenticate(serviceCredentials(), trust));
        assertThat(refused).isNotNull();
    }

    private List<String> given() {
        return member(os -> new Trusts(os).givenByMe());
    }

    private void takeBack(Scope.Trust trust) {
        member(os -> {
            new Trusts(os).delete(trust.id());
            return true;
        });
    }

    private Credentials serviceCredentials() {
        return Objects.requireNonNull(stage.cloud().service()).credentials();
    }

    @Test
    void aTrustGivesNoMoreThanTheTrustorHas() {
        var trustee = cloud.serviceAccount().orElseThrow().as(os -> os.token().user());
        assertThat(failure(() -> member(os -> new Trusts(os).create(trustee, Set.of("admin")))))
                .isEqualTo(CloudFailure.Kind.NOT_FOUND);
    }

    @Test
    void aSnapshotKeepsAVolumeAndAVolumeIsMadeFromIt() {
        var volume = volume(1);
        untilVolume(volume, "available");
        var snapshot =
                made(
                        VOLUME,
                        "/snapshots",
                        "snapshot",
                        Map.of("volume_id", volume, "name", name("snapshot")));
        until(
                () -> show(VOLUME, "/snapshots/{}", snapshot, "snapshot"),
                one -> one.path("status").asString().equals("available"));
        has(
                List.of(show(VOLUME, "/snapshots/{}", snapshot, "snapshot")),
                "id",
                "name",
                "volume_id",
                "size",
                "status",
                "created_at",
                "metadata",
                "os-extended-snapshot-attributes:progress");

        assertThat(failed(at(delete(VOLUME, "/volumes/{}", volume))).said())
                .contains("have snapshots");
        var copy =
                made(
                        VOLUME,
                        "/volumes",
                        "volume",
                        Map.of("snapshot_id", snapshot, "name", name("copy")));
        var copied = untilVolume(copy, "available");
        assertThat(copied.path("size").asInt()).isEqualTo(1);
        assertThat(copied.path("snapshot_id").asString()).isEqualTo(snapshot);
        assertThat(
                        failure(() ->
                                made(
                                        VOLUME,
                                        "/snapshots",
                                        "snapshot",
                                        Map.of("volume_id", UUID.randomUUID().toString()))))
                .isEqualTo(CloudFailure.Kind.NOT_FOUND);
    }

    @Test
    void backupsAreListedAndOneThatIsNotThereIsNotFound() {
        assertThat(my(at(get(VOLUME, "/backups"))).body().path("backups").isArray()).isTrue();
        assertThat(failed(at(get(VOLUME, "/backups/{}", "nope"))).said())
                .contains("Backup nope could not be found.");
    }

    @Test
    void aGroupOfServersHasOnePolicyOfFour() {
        var group =
                made(
                        COMPUTE,
                        "/os-server-groups",
                        "server_group",
                        Map.of("name", name("group"), "policy", "anti-affinity"));
        var shown = show(COMPUTE, "/os-server-groups/{}", group, "server_group");
        has(List.of(shown), "id", "name", "policy", "rules", "members", "project_id", "user_id");
        assertThat(shown.path("policy").asString()).isEqualTo("anti-affinity");
        assertThat(shown.path("members").isEmpty()).isTrue();
        assertThat(ids(mine(at(get(COMPUTE, "/os-server-groups")), "server_groups")))
                .contains(group);

        assertThat(
                        failure(() ->
                                my(
                                        at(post(COMPUTE, "/os-server-groups"))
                                                .body(
                                                        Map.of(
                                                                "server_group",
                                                                Map.of(
                                                                        "name",
                                                                        name("group"),
                                                                        "policy",
                                                                        "whim"))))))
                .isEqualTo(CloudFailure.Kind.BAD_REQUEST);
        drop(COMPUTE, "/os-server-groups/{}", group);
        assertThat(find(at(get(COMPUTE, "/os-server-groups/{}", group)))).isFalse();
    }

    private String refused(Request request, String query) {
        for (var pair : query.split("&")) {
            var parts = pair.split("=", 2);
            request = request.query(parts[0], parts[1]);
        }
        var failure = failed(request);
        assertThat(failure.kind()).isEqualTo(CloudFailure.Kind.BAD_REQUEST);
        return failure.said();
    }
}
