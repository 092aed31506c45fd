package dev.stackwright.operations.doctor;

import java.util.Optional;

/** The image does not fit on the disk that the flavor gives. */
final class ImageIsTooLarge implements InstanceRule {

    @Override
    public Optional<Verdict> examine(Instance instance, Facts facts, Machinery machinery) {
        var image = instance.image();
        var disk = instance.flavor().diskGb();
        var larger = image != null && image.isLargerThan(disk);
        var said =
                instance.faultSays(
                        "disk is too small for requested image",
                        "flavordisksmallerthan",
                        "disk is smaller than the minimum",
                        "flavor disk is smaller");
        if (!instance.isFailed() || !said && !(larger && instance.faultSays("disk"))) {
            return Optional.empty();
        }
        var verdict =
                Verdict.certain(
                                Code.IMAGE_TOO_LARGE,
                                Subject.of(instance),
                                instance.since(),
                                image == null ? "" : image.name(),
                                disk)
                        .shownBy(instance.symptom())
                        .curedBy(Cure.CHOOSE_LARGER_DISK);
        var fault = QuotaIsExhausted.fault(instance, facts);
        return Optional.of(
                image != null && larger
                        ? verdict.because(
                                fault,
                                Evidence.proves(
                                        "image",
                                        Evidence.Source.INVENTORY,
                                        facts.now(),
                                        image.name(),
                                        Math.max(
                                                image.minDiskGb(),
                                                Math.max(image.bytes(), image.virtualBytes())
                                                        >> 30),
                                        disk))
                        : verdict.because(fault));
    }
}
