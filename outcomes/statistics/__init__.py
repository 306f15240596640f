"""Pure statistics: plain values in, frozen results out; no Django, no database."""
