"""What the payment simulator promises, asked of it by the real stripe library over HTTP."""
