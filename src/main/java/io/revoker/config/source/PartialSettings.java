package io.revoker.config.source;

import io.revoker.config.Configuration;
import io.revoker.config.values.SettingsProblem;
import io.revoker.config.values.SettingsProblem.Detail;
import java.util.List;

/** Settings that could all be read, some of which are wrong. */
public final class PartialSettings extends SettingsProblem {
    private static final long serialVersionUID = 1L;

    private final transient Configuration remainder;

    PartialSettings(List<Detail> problems, Configuration remainder) {
        super(problems);
        this.remainder = remainder;
    }

    /** The right values, with defaults in place of the wrong ones: for finding further problems, never for running. */
    public Configuration remainder() {
        return remainder;
    }
}
