"""What about money a person must look at."""
