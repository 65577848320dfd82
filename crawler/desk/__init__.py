"""What the office asks of gongkai's memory: the work behind the commands that fetch nothing."""
