"""Facts from sentences, without a language model."""
