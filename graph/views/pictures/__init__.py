"""Every picture that is drawn as a chart; a module with helpers beside it where it needs them."""
