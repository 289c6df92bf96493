"""What finance staff gives an employer: credits, and the word that it is a non-profit."""
