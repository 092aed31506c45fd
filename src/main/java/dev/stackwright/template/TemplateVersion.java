package dev.stackwright.template;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The versions of the template language, oldest first, each under its dialect's key. */
public enum TemplateVersion {
    AWS_2010_09_09("AWSTemplateFormatVersion", "2010-09-09", ""),
    HEAT_2012_12_12("HeatTemplateFormatVersion", "2012-12-12", ""),
    HOT_2013_05_23("heat_template_version", "2013-05-23", ""),
    HOT_2014_10_16("heat_template_version", "2014-10-16", ""),
    HOT_2015_04_30("heat_template_version", "2015-04-30", ""),
    HOT_2015_10_15("heat_template_version", "2015-10-15", ""),
    HOT_2016_04_08("heat_template_version", "2016-04-08", ""),
    HOT_2016_10_14("heat_template_version", "2016-10-14", "newton"),
    HOT_2017_02_24("heat_template_version", "2017-02-24", "ocata"),
    HOT_2017_09_01("heat_template_version", "2017-09-01", "pike"),
    HOT_2018_03_02("heat_template_version", "2018-03-02", "queens"),
    HOT_2018_08_31("heat_template_version", "2018-08-31", "rocky"),
    HOT_2021_04_16("heat_template_version", "2021-04-16", "wallaby");

    /** The keys that announce a version, one of which every template has. */
    public static final List<String> KEYS =
            Arrays.stream(values()).map(TemplateVersion::key).distinct().toList();

    private final String key;
    private final String date;
    private final String alias;

    TemplateVersion(String key, String date, String alias) {
        this.key = key;
        this.date = date;
        this.alias = alias;
    }

    public static Optional<TemplateVersion> of(String key, String date) {
        return Arrays.stream(values())
                .filter(version -> version.key.equals(key))
                .filter(version ->
                        version.date.equals(date)
                                || (!version.alias.isEmpty() && version.alias.equals(date)))
                .findFirst();
    }

    public static List<String> datesOf(String key) {
        return Arrays.stream(values())
                .filter(version -> version.key.equals(key))
                .map(TemplateVersion::date)
                .toList();
    }

    public String key() {
        return key;
    }

    public String date() {
        return date;
    }

    /** Whether this is HOT, not one of the two CloudFormation dialects. */
    public boolean isHot() {
        return compareTo(HOT_2013_05_23) >= 0;
    }

    /** Whether this is HOT of at least the given version. */
    public boolean since(TemplateVersion first) {
        return isHot() && compareTo(first) >= 0;
    }

    /** The names of the functions that this version has. */
    public java.util.SortedSet<String> functions() {
        return FunctionTable.of(this, Limits.DEFAULT.extensions()).offered();
    }

    public boolean hasConditions() {
        return this == AWS_2010_09_09 || since(HOT_2016_10_14);
    }

    @Override
    public String toString() {
        return key + ": " + date;
    }
}
