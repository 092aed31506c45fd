package dev.stackwright.template;

import java.util.EnumSet;
import java.util.Set;

/**
 * What templates may say here although Heat does not know it. Without any of them, a text means
 * exactly what it means to Heat.
 */
public enum Extension {
    /** {@code Fn::Sub} in CloudFormation templates; a literal map to Heat. */
    SUB,
    /** {@code Fn::Cidr} in CloudFormation templates; a literal map to Heat. */
    CIDR,
    /** {@code Fn::ImportValue} in CloudFormation templates; a literal map to Heat. */
    IMPORT_VALUE,
    /** {@code AWS::NoValue}, which takes away what it stands for; unknown to Heat. */
    NO_VALUE,
    /**
     * {@code Metadata} and {@code Rules} at the top of CloudFormation templates, read over with a
     * warning; errors to Heat.
     */
    AMAZON_SECTIONS,
    /**
     * A network that the template makes is known by the resource that makes it, so that a server
     * waits for the subnets of its own networks alone; to Heat, all networks that are not made yet
     * are the same.
     */
    KNOWN_NETWORKS;

    /** All of them. */
    public static final Set<Extension> ALL = Set.copyOf(EnumSet.allOf(Extension.class));
}
