package dev.stackwright.operations.doctor;

import java.util.List;

/** Knows one cause in the machinery of a cloud, and what proves it. */
interface Rule {

    List<Verdict> examine(Facts facts);
}
