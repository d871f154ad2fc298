"""Tags and filters; `ui` is loaded into every template by the settings."""
