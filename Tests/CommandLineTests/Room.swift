// Placeholder until this room has its tests.
