"""What the board sells: plans, their versions, and the page with the prices."""
