package dev.stackwright.template;

import static dev.stackwright.kernel.Severity.ERROR;
import static dev.stackwright.kernel.Severity.HINT;
import static dev.stackwright.kernel.Severity.WARNING;

import dev.stackwright.kernel.Severity;

/**
 * Everything that can be said about a template, each under a code that never changes its meaning.
 * docs/diagnostics.md is made from this list; a code that is no longer used is never given away
 * again.
 */
public enum Rule {
    // Reading the text
    TOO_LARGE(
            "SW1001",
            ERROR,
            "Text too large",
            "The text has more bytes than the limit allows (512 KiB unless configured). Move long"
                    + " scripts into files and use get_file, or split the template."),
    NOT_YAML(
            "SW1002",
            ERROR,
            "Not valid YAML",
            "The text cannot be read as YAML 1.1 or JSON from the marked place on. Most often a"
                    + " line is indented wrongly, a quote is not closed, or a tab stands where spaces"
                    + " are needed."),
    NOT_A_MAP(
            "SW1003",
            ERROR,
            "Not a map",
            "The marked place must hold a map (key: value lines), as the top level and every"
                    + " section of a template do."),
    TOO_DEEP(
            "SW1004",
            ERROR,
            "Nested too deeply",
            "Lists and maps stand inside each other deeper than the limit allows."),
    TOO_MANY_NODES(
            "SW1005",
            ERROR,
            "Grows too large",
            "Once its aliases are followed, the text has more keys and values than the limit"
                    + " allows. Use fewer or smaller aliases."),
    SELF_REFERENCE(
            "SW1006",
            ERROR,
            "Contains itself",
            "A YAML alias points to a place that it is a part of, so the value would have no end."),
    DUPLICATE_KEY(
            "SW1007",
            WARNING,
            "Duplicate key",
            "The same key stands twice in one map. Only the last one counts; remove or rename one"
                    + " of them."),
    UNKNOWN_TAG(
            "SW1008",
            ERROR,
            "Unknown YAML tag",
            "YAML tags such as !Ref or !Sub are a short form that templates here do not have. Write"
                    + " the long form, for example {Ref: name}."),
    KEY_IS_NOT_TEXT(
            "SW1009",
            ERROR,
            "Key is not a text",
            "A list or map cannot be a key. Put quotes around the key, or check for a missing"
                    + " colon."),
    UNREADABLE(
            "SW1010",
            ERROR,
            "Cannot be read",
            "The text upset the reader in a way that nobody foresaw. Please report it with the"
                    + " text."),

    // Version and sections
    NO_VERSION(
            "SW1101",
            ERROR,
            "No template version",
            "A template says which version of the language it is written in, for example"
                    + " heat_template_version: 2021-04-16 in its first line."),
    UNKNOWN_VERSION(
            "SW1102",
            ERROR,
            "Unknown template version",
            "The version is none that exists. The message lists those that do."),
    SEVERAL_VERSIONS(
            "SW1103",
            ERROR,
            "More than one template version",
            "HOT and CloudFormation cannot be mixed in one template. Keep one version key."),
    UNKNOWN_SECTION(
            "SW1104",
            ERROR,
            "Unknown section",
            "The top level of a template has a fixed set of keys, which depends on its version."),
    WRONG_SHAPE(
            "SW1105",
            ERROR,
            "Wrong kind of value",
            "The marked place needs another kind of value: a text where a list or map stands, or"
                    + " the other way round."),
    DUPLICATE_NAME(
            "SW1106",
            ERROR,
            "Name used twice",
            "A parameter and a resource have the same name, so a reference to it would be"
                    + " ambiguous. Rename one of them."),
    PARAMETER_GROUP(
            "SW1107",
            ERROR,
            "Wrong parameter group",
            "A parameter group has a label, a description and a list of parameters, each of which"
                    + " exists and is in no other group."),
    TOO_MANY_RESOURCES(
            "SW1108",
            ERROR,
            "Too many resources",
            "The template defines more resources than the limit allows. Split it into several"
                    + " stacks, or ask for a higher limit."),
    SECTION_IGNORED(
            "SW1109",
            WARNING,
            "Section is ignored",
            "The section means something to Amazon only. It is read over, so that Amazon's"
                    + " templates can be used; remove it when it does not have to be there."),
    RESOURCE_NAME(
            "SW1110",
            ERROR,
            "Name that cannot be kept",
            "The name of a resource has 255 characters at the most, of which an emoji takes two,"
                    + " and none that is no character at all, and no slash. Choose another one."),

    // Parameters
    PARAMETER_KEY(
            "SW1201",
            ERROR,
            "Unknown key of a parameter",
            "A parameter knows only a few keys, such as type, default and constraints."),
    PARAMETER_TYPE(
            "SW1202",
            ERROR,
            "Wrong parameter type",
            "A parameter needs a type: string, number, comma_delimited_list, json or boolean"
                    + " (String, Number, CommaDelimitedList, Json or Boolean in CloudFormation"
                    + " dialects)."),
    CONSTRAINT_FORM(
            "SW1203",
            ERROR,
            "Wrong constraint",
            "The constraint cannot be understood, or does not fit the type of the parameter."),
    DEFAULT_VALUE(
            "SW1204",
            ERROR,
            "Default value does not fit",
            "The default of a parameter must have the parameter's type and fulfil its"
                    + " constraints."),
    PARAMETER_VALUE(
            "SW1205",
            ERROR,
            "Parameter value does not fit",
            "The value given for a parameter does not have its type or does not fulfil one of its"
                    + " constraints."),
    PARAMETER_MISSING(
            "SW1206",
            ERROR,
            "Parameter not given",
            "The parameter has no default, so that a value has to be given."),
    PARAMETER_UNKNOWN(
            "SW1207",
            ERROR,
            "Unknown parameter",
            "A value was given for a parameter that the template does not have."),
    PARAMETER_UNUSED(
            "SW1208",
            HINT,
            "Parameter is not used",
            "Nothing in the template asks for this parameter. Use it or remove it."),
    PATTERN_TOO_COMPLEX(
            "SW1209",
            ERROR,
            "Pattern takes too long",
            "Matching the pattern against the value was given up, because it would take too long."
                    + " Write a simpler pattern, without a repetition inside a repetition."),
    PATTERN_FORM(
            "SW1210",
            ERROR,
            "Pattern cannot be read",
            "The pattern is not a regular expression that can be understood."),
    CUSTOM_CONSTRAINT(
            "SW1211",
            WARNING,
            "Unknown custom constraint",
            "There is no custom constraint of this name, so that no value can fulfil it. A value"
                    + " that is given for the parameter is refused, and its default when it is"
                    + " launched."),

    // Resources and properties
    RESOURCE_KEY(
            "SW1301",
            ERROR,
            "Unknown key of a resource",
            "A resource definition knows only a few keys, such as type, properties and"
                    + " depends_on."),
    RESOURCE_KEY_IGNORED(
            "SW1315",
            WARNING,
            "Key of a resource is ignored",
            "CloudFormation templates may have keys, such as CreationPolicy, that mean nothing"
                    + " here."),
    RESOURCE_TYPE_MISSING(
            "SW1302",
            ERROR,
            "Resource without a type",
            "Each resource needs a type, such as OS::Nova::Server."),
    UNKNOWN_TYPE(
            "SW1303",
            ERROR,
            "Unknown resource type",
            "The type is neither built in, nor named in the resource registry of the environment,"
                    + " nor a template file that came along."),
    UNKNOWN_PROPERTY(
            "SW1304", ERROR, "Unknown property", "The resource type has no property of this name."),
    PROPERTY_MISSING(
            "SW1305",
            ERROR,
            "Required property missing",
            "The resource cannot be made without this property."),
    PROPERTY_TYPE(
            "SW1306",
            ERROR,
            "Property of the wrong type",
            "The value cannot be turned into what the property needs."),
    PROPERTY_VALUE(
            "SW1307",
            ERROR,
            "Property value not allowed",
            "The value does not fulfil a constraint of the property."),
    PROPERTY_IGNORED(
            "SW1308",
            ERROR,
            "Property not implemented",
            "The property is known but does nothing; remove it."),
    PROPERTY_CONFLICT(
            "SW1309",
            ERROR,
            "Property given twice",
            "A property and its old name are both given. Keep the new one."),
    DISCOURAGED(
            "SW1310",
            WARNING,
            "No longer recommended",
            "The type or property still works but will go away; the message names what to use"
                    + " instead where there is something."),
    RETIRED_TYPE(
            "SW1311",
            WARNING,
            "Type of a service that is gone",
            "The service behind this resource type does not exist any more, so the resource cannot"
                    + " be created."),
    DELETION_POLICY(
            "SW1312",
            ERROR,
            "Wrong deletion policy",
            "The policy is Delete, Retain or Snapshot, and Snapshot works only for volumes and"
                    + " servers. From version 2016-10-14 on lower case is fine as well."),
    UPDATE_POLICY(
            "SW1313",
            ERROR,
            "Wrong update policy",
            "Only groups have an update policy, and each kind of group knows its own keys."),
    EXTERNAL_DEPENDS_ON(
            "SW1314",
            ERROR,
            "External resource with depends_on",
            "A resource with an external_id exists already, so that it cannot wait for another"
                    + " one."),

    // Functions
    FUNCTION_ARGUMENT(
            "SW1401",
            ERROR,
            "Wrong argument of a function",
            "The function was given arguments of another number or kind than it takes. The message"
                    + " shows how to write it."),
    FUNCTION_REMOVED(
            "SW1402",
            ERROR,
            "Function not in this version",
            "The function existed in older versions of the language. The message names what"
                    + " replaced it."),
    FUNCTION_FAILED(
            "SW1403",
            ERROR,
            "Function cannot work",
            "The arguments have the right form, but with these values the function has no result."),
    FUNCTION_TOO_EARLY(
            "SW1404",
            WARNING,
            "Function of another version",
            "The name is a function in other versions of the language. Here it is read as plain"
                    + " data, which is seldom meant."),
    FUNCTION_UNSUPPORTED(
            "SW1405",
            ERROR,
            "Function not supported yet",
            "Stackwright does not know this function yet, so the value cannot be worked out. The"
                    + " message names it."),
    FUNCTION_NOT_HERE(
            "SW1406",
            ERROR,
            "Function not allowed here",
            "Inside a condition only conditions, parameters and comparisons can be used."),
    FILE_MISSING(
            "SW1407",
            ERROR,
            "File missing",
            "The file that get_file asks for did not come along with the template."),
    RESULT_TOO_LARGE(
            "SW1408",
            ERROR,
            "Result too large",
            "Working out the value would take more memory than the limit allows."),

    // Conditions
    UNKNOWN_CONDITION(
            "SW1501",
            ERROR,
            "Unknown condition",
            "The name is none of the template's conditions, and the value is neither true nor"
                    + " false."),
    CONDITION_CYCLE(
            "SW1502",
            ERROR,
            "Conditions in a circle",
            "Conditions refer to each other in a circle, so none of them has a value."),
    CONDITION_FORM(
            "SW1503",
            ERROR,
            "Wrong condition",
            "A condition is true, false or a condition function, such as equals."),
    CONDITION_OPEN(
            "SW1504",
            ERROR,
            "Condition cannot be decided",
            "The condition depends on a parameter that has no value yet."),

    // References
    UNKNOWN_PARAMETER(
            "SW1601",
            ERROR,
            "Unknown parameter name",
            "The template does not declare a parameter of this name."),
    UNKNOWN_RESOURCE(
            "SW1602",
            ERROR,
            "Unknown resource name",
            "The template does not define a resource of this name, or a condition takes it out."),
    UNKNOWN_ATTRIBUTE(
            "SW1603",
            ERROR,
            "Unknown attribute",
            "The resource type has no attribute of this name."),
    ATTRIBUTE_OPEN(
            "SW1605",
            ERROR,
            "Attribute cannot be decided",
            "Which attribute is asked for depends on a parameter that has no value, and Heat"
                    + " refuses that."),
    CIRCULAR(
            "SW1604",
            ERROR,
            "Resources in a circle",
            "Resources need each other in a circle, so that none of them can be made first. Take"
                    + " out one of the references or depends_on."),

    // Outputs
    OUTPUT_FORM(
            "SW1651",
            ERROR,
            "Wrong output",
            "An output is a map with a value, and perhaps a description and a condition."),

    // Environment
    ENVIRONMENT_SECTION(
            "SW1701",
            ERROR,
            "Unknown section of an environment",
            "An environment has parameters, parameter_defaults, resource_registry, event_sinks,"
                    + " encrypted_param_names and parameter_merge_strategies."),
    ENVIRONMENT_FORM(
            "SW1702",
            ERROR,
            "Wrong environment",
            "The marked part of the environment has the wrong kind of value."),
    EVENT_SINK(
            "SW1704",
            WARNING,
            "Event sink is not served",
            "Stackwright keeps the events of a stack itself, and shows them on the stack's page as"
                    + " they come; it does not talk to Zaqar, so that no queue gets them. The sink"
                    + " stays in the environment and is handed on by an export."),
    MERGE_STRATEGY(
            "SW1703",
            ERROR,
            "Cannot be merged",
            "A parameter that several environment files give is put together by its merge strategy:"
                    + " overwrite, merge or deep_merge, the same one in all files. True and false"
                    + " can only be overwritten."),

    // Templates as types
    NESTED_MISSING(
            "SW1801",
            ERROR,
            "Template file missing",
            "A resource uses a template file as its type, but the file did not come along."),
    NESTED_TEMPLATE(
            "SW1802",
            ERROR,
            "Mistake in a nested template",
            "The template file that a resource uses as its type has mistakes of its own."),
    NESTED_TOO_DEEP(
            "SW1803",
            ERROR,
            "Templates nested too deeply",
            "Templates use templates as types deeper than the limit allows, or one uses itself.");

    private final String code;
    private final Severity severity;
    private final String title;
    private final String explanation;

    Rule(String code, Severity severity, String title, String explanation) {
        this.code = code;
        this.severity = severity;
        this.title = title;
        this.explanation = explanation;
    }

    public String code() {
        return code;
    }

    public Severity severity() {
        return severity;
    }

    public String title() {
        return title;
    }

    public String explanation() {
        return explanation;
    }
}
