package dev.stackwright.web.instances;

/** Leads to the console of an instance, for as long as the cloud lets the address live. */
record ConsolePage(String name, String console, String again, String instance, String list) {}
