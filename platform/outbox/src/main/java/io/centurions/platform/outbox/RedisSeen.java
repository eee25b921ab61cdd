package io.centurions.platform.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once Redis has answered: one that was set up with a wrong address is noticed before it takes another's place. A Redis that
 * goes away later makes nobody unready, because webhooks are still taken and flows go on without it; {@code outbox_oldest_seconds}
 * tells of that.
 */
@Readiness
@ApplicationScoped
class RedisSeen implements HealthCheck {

    private final LifeWatch lives;

    RedisSeen(LifeWatch lives) {
        this.lives = lives;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("redis")
                .status(lives.current() != null)
                .build();
    }
}
