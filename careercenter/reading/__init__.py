"""What an existing advertisement says, read by rules: no guess without the words it rests on."""
