"""What every feature's views share: rendering, errors, security headers, fields."""
