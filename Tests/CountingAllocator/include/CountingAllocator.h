/// Calls of malloc and its kin since the start of the program, by any thread. 0 where they cannot be counted.
long allocationCount(void);
