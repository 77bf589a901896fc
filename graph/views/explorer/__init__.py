"""The network: chosen, laid out and drawn, as an explorer of our own and as a pyvis network."""
