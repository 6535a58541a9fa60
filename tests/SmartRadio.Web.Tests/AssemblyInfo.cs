// They wait for programs and for real time a third of theirs: one more than the cores of a small machine.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
