package io.centurions.evolution.instance;

import io.centurions.contracts.channel.InstanceStatusChanged;
import io.centurions.evolution.evolution.ConnectionReport;
import java.util.Locale;

/** Where an instance stands, as the table and the back office call it. */
enum InstanceState {
    NEW,
    CONNECTING,
    QR_READY,
    CONNECTED,
    DISCONNECTED,
    ERROR,
    DELETED;

    static InstanceState of(ConnectionReport.State reported) {
        return switch (reported) {
            case CONNECTING -> CONNECTING;
            case QR_READY -> QR_READY;
            case CONNECTED -> CONNECTED;
            case DISCONNECTED -> DISCONNECTED;
            case ERROR -> ERROR;
        };
    }

    static InstanceState stored(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    InstanceStatusChanged.State announced() {
        return switch (this) {
            case CONNECTING -> InstanceStatusChanged.State.CONNECTING;
            case QR_READY -> InstanceStatusChanged.State.QR_READY;
            case CONNECTED -> InstanceStatusChanged.State.CONNECTED;
            case DISCONNECTED, DELETED -> InstanceStatusChanged.State.DISCONNECTED;
            case ERROR -> InstanceStatusChanged.State.ERROR;
            case NEW -> InstanceStatusChanged.State.OTHER;
        };
    }
}
