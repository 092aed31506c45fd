package dev.stackwright.web.usage;

import dev.stackwright.web.frame.Format;
import java.math.BigDecimal;

/** Amounts of one currency in words. */
record Money(String currency, int digits) {

    /** 168.40. */
    String number(Format format, BigDecimal amount) {
        return format.decimal(amount, digits).replace('-', '\u2212');
    }

    /** 168.40 EUR. */
    String full(Format format, BigDecimal amount) {
        return number(format, amount) + "\u00a0" + currency;
    }

    /** +84.20, −3.40. */
    String signed(Format format, BigDecimal amount) {
        return (amount.signum() > 0 ? "+" : "") + number(format, amount);
    }
}
