"""What an employer changed in a posting after it went live, and what is proposed."""
