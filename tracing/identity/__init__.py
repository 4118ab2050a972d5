"""One person, once: who on several lists is the same; a layer above the records, which stay as they came."""
