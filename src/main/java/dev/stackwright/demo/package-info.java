/**
 * An OpenStack on a loopback port: the Keystone, Nova, Neutron, Cinder, Glance and Placement routes
 * that Stackwright uses, with hosts, projects and people in them, state that moves with a clock,
 * and faults that can be switched on by name. It answers as a real cloud does and is reached as
 * one: by HTTP, and by the notifications it hands over.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "cloud",
            "notification",
            "metering",
            "rating",
            "rating::hashmap"
        })
package dev.stackwright.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
