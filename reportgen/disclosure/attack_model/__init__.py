"""The attack model: what a reader of every output can infer about suppressed figures."""
