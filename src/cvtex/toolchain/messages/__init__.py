"""What TeX says, read from its log and told at the line that the user wrote."""
