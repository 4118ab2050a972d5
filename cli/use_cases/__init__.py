"""What several commands do: open a store, load, ask about a person."""
