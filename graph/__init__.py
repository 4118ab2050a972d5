"""Where records live: three stores behind one protocol."""
