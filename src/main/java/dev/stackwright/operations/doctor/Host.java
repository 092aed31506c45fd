package dev.stackwright.operations.doctor;

/** What a hypervisor has in all, which is the most that one instance can have of it. */
public record Host(String name, long vcpus, long memoryMb, long diskGb) {

    boolean isLargeEnoughFor(Flavor flavor) {
        return flavor.vcpus() <= vcpus
                && flavor.memoryMb() <= memoryMb
                && (flavor.diskGb() <= diskGb || diskGb == 0);
    }
}
