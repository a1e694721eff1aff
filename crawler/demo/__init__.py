"""Sample boards: invented companies, three nights, served on loopback in the shapes of real boards."""
