package dev.stackwright.operations.clearing;

import dev.stackwright.operations.doctor.Group;
import java.util.List;
import java.util.Optional;

/** Everything that a plan is made from: the hosts, what is on them, and who keeps to whom. */
public record Scene(List<Place> places, List<Guest> guests, List<Group> groups) {

    public Scene {
        places = List.copyOf(places);
        guests = List.copyOf(guests);
        groups = List.copyOf(groups);
    }

    public Optional<Place> place(String host) {
        return places.stream().filter(place -> place.host().equals(host)).findFirst();
    }

    public List<Guest> on(String host) {
        return guests.stream().filter(guest -> guest.host().equals(host)).toList();
    }
}
