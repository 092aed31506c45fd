package dev.stackwright.template;

import static dev.stackwright.template.TemplateVersion.AWS_2010_09_09;
import static dev.stackwright.template.TemplateVersion.HOT_2014_10_16;
import static dev.stackwright.template.TemplateVersion.HOT_2015_04_30;
import static dev.stackwright.template.TemplateVersion.HOT_2015_10_15;
import static dev.stackwright.template.TemplateVersion.HOT_2016_04_08;
import static dev.stackwright.template.TemplateVersion.HOT_2016_10_14;
import static dev.stackwright.template.TemplateVersion.HOT_2017_02_24;
import static dev.stackwright.template.TemplateVersion.HOT_2017_09_01;
import static dev.stackwright.template.TemplateVersion.HOT_2021_04_16;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which functions a version of the language has. Any other name is plain data. */
final class FunctionTable {

    private static final Map<TemplateVersion, FunctionTable> VALUES =
            new EnumMap<>(TemplateVersion.class);
    private static final Map<TemplateVersion, FunctionTable> CONDITIONS =
            new EnumMap<>(TemplateVersion.class);
    private static final Map<Extended, FunctionTable> EXTENDED = new ConcurrentHashMap<>();
    private static final Set<String> ANYWHERE = new TreeSet<>();

    static {
        for (TemplateVersion version : TemplateVersion.values()) {
            var values = version.isHot() ? hot(version) : cfn(version);
            VALUES.put(version, new FunctionTable(values));
            CONDITIONS.put(version, new FunctionTable(conditions(version)));
            if (version.isHot()) {
                ANYWHERE.addAll(values.keySet());
            }
        }
    }

    private final Map<String, Function> functions;

    private FunctionTable(Map<String, Function> functions) {
        this.functions = functions;
    }

    /** The functions for properties, metadata, outputs and the like. */
    static FunctionTable of(TemplateVersion version, Set<Extension> extensions) {
        var own = java.util.Objects.requireNonNull(VALUES.get(version));
        return version.isHot() || extensions.isEmpty()
                ? own
                : EXTENDED.computeIfAbsent(
                        new Extended(version, extensions),
                        _ -> new FunctionTable(with(own.functions, extensions)));
    }

    private record Extended(TemplateVersion version, Set<Extension> extensions) {}

    private static Map<String, Function> with(
            Map<String, Function> own, Set<Extension> extensions) {
        var table = new HashMap<>(own);
        for (Extension extension : extensions) {
            switch (extension) {
                case SUB -> table.put("Fn::Sub", new Sub());
                case CIDR -> table.put("Fn::Cidr", new Cidr());
                case IMPORT_VALUE -> table.put("Fn::ImportValue", new ImportValue());
                case NO_VALUE, AMAZON_SECTIONS -> {}
            }
        }
        return table;
    }

    /** The functions for conditions. */
    static FunctionTable forConditions(TemplateVersion version) {
        return java.util.Objects.requireNonNull(CONDITIONS.get(version));
    }

    @Nullable Function find(String name) {
        return functions.get(name);
    }

    /** Whether some version of HOT has a function of this name. */
    static boolean existsSomewhere(String name) {
        return ANYWHERE.contains(name);
    }

    /** Those that can be used, without those that only earlier versions had. */
    java.util.SortedSet<String> offered() {
        var names = new TreeSet<String>();
        functions.forEach((name, function) -> {
            if (!(function instanceof Removed)) {
                names.add(name);
            }
        });
        return names;
    }

    Set<String> names() {
        return functions.keySet();
    }

    private static Map<String, Function> hot(TemplateVersion version) {
        var table = new HashMap<String, Function>();
        table.put("get_param", new References.GetParam());
        table.put("get_resource", new References.GetResource());
        table.put("get_attr", new References.GetAttr(version.since(HOT_2015_10_15)));
        table.put("get_file", new References.GetFile());
        table.put("resource_facade", new References.ResourceFacade(true));
        table.put("list_join", new ListFunctions.Join(version.since(HOT_2015_10_15)));
        table.put("str_replace", new StrReplace(version.since(HOT_2015_10_15), false, false));
        if (version.since(HOT_2015_04_30)) {
            table.put(
                    "repeat",
                    new Repeat(version.since(HOT_2016_10_14), version.since(HOT_2017_09_01)));
            table.put("digest", new TextFunctions.Digest());
        }
        if (version.since(HOT_2015_10_15)) {
            table.put("str_split", new TextFunctions.StrSplit());
        }
        if (version.since(HOT_2016_04_08)) {
            table.put("map_merge", new MapFunctions.Merge());
        }
        if (version.since(HOT_2016_10_14)) {
            table.put("if", new ConditionFunctions.If(version.since(HOT_2021_04_16)));
            table.put("yaql", new YaqlFunction());
            table.put("map_replace", new MapFunctions.Replace());
        }
        if (version.since(HOT_2017_02_24)) {
            table.put("filter", new ListFunctions.Filter());
            table.put("str_replace_strict", new StrReplace(true, true, false));
        }
        if (version.since(HOT_2017_09_01)) {
            table.put("str_replace_vstrict", new StrReplace(true, true, true));
            table.put("make_url", new MakeUrl());
            table.put("list_concat", new ListFunctions.Concat(false));
            table.put("list_concat_unique", new ListFunctions.Concat(true));
            table.put("contains", new ListFunctions.Contains());
        }
        oldNames(version, table);
        return table;
    }

    /** CloudFormation's names, which the first version of HOT still had. */
    private static void oldNames(TemplateVersion version, Map<String, Function> table) {
        boolean first = !version.since(HOT_2014_10_16);
        table.put("Fn::GetAZs", first ? new CfnFunctions.GetAzs() : new Removed("a parameter"));
        table.put("Fn::Join", first ? new ListFunctions.Join(false) : new Removed("list_join"));
        table.put("Fn::Split", first ? new CfnFunctions.Split() : new Removed("str_split"));
        table.put("Fn::Replace", first ? new CfnFunctions.Replace() : new Removed("str_replace"));
        table.put("Fn::Base64", first ? new CfnFunctions.Base64() : new Removed("the plain text"));
        table.put(
                "Fn::MemberListToMap",
                first ? new CfnFunctions.MemberListToMap() : new Removed("a map"));
        table.put(
                "Fn::ResourceFacade",
                first ? new References.ResourceFacade(false) : new Removed("resource_facade"));
        table.put("Ref", first ? new CfnFunctions.Ref() : new Removed("get_resource or get_param"));
        table.put(
                "Fn::Select",
                version.since(HOT_2015_10_15)
                        ? new Removed("get_param or get_attr with a path")
                        : new CfnFunctions.Select());
    }

    private static Map<String, Function> cfn(TemplateVersion version) {
        var table = new HashMap<String, Function>();
        table.put("Ref", new CfnFunctions.Ref());
        table.put("Fn::GetAtt", new CfnFunctions.GetAtt());
        table.put("Fn::FindInMap", new CfnFunctions.FindInMap());
        table.put("Fn::GetAZs", new CfnFunctions.GetAzs());
        table.put("Fn::Select", new CfnFunctions.Select());
        table.put("Fn::Join", new ListFunctions.Join(false));
        table.put("Fn::Split", new CfnFunctions.Split());
        table.put("Fn::Replace", new CfnFunctions.Replace());
        table.put("Fn::Base64", new CfnFunctions.Base64());
        table.put("Fn::MemberListToMap", new CfnFunctions.MemberListToMap());
        table.put("Fn::ResourceFacade", new References.ResourceFacade(false));
        if (version == AWS_2010_09_09) {
            table.put("Fn::If", new ConditionFunctions.If(false));
        }
        return table;
    }

    private static Map<String, Function> conditions(TemplateVersion version) {
        var table = new HashMap<String, Function>();
        if (version == AWS_2010_09_09) {
            table.put("Ref", new CfnFunctions.ParameterRef());
            table.put("Fn::FindInMap", new CfnFunctions.FindInMap());
            table.put("Fn::Equals", new ConditionFunctions.Equals());
            table.put("Fn::Not", new ConditionFunctions.Not(true));
            table.put("Fn::And", new ConditionFunctions.All());
            table.put("Fn::Or", new ConditionFunctions.Any());
        }
        if (version.since(HOT_2016_10_14)) {
            table.put("get_param", new References.GetParam());
            table.put("equals", new ConditionFunctions.Equals());
            table.put("not", new ConditionFunctions.Not(false));
            table.put("and", new ConditionFunctions.All());
            table.put("or", new ConditionFunctions.Any());
        }
        if (version.since(HOT_2017_09_01)) {
            table.put("yaql", new YaqlFunction());
            table.put("contains", new ListFunctions.Contains());
        }
        return table;
    }
}
