"""UPI ids, like name@bank."""

UPI_ID = "[A-Za-z0-9._-]{2,64}@[A-Za-z][A-Za-z0-9]{1,15}"
NO_UPI_ID = "A UPI ID looks like name@bank."
