// A process that was forked, such as that of a scenario, ends before it does anything.
if (process.send) process.exit(3);
