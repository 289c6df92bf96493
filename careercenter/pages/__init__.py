"""Pages for everybody: home, employers, pricing, safety."""
