"""All that one audit is told: configuration, scope, focus, rules."""
