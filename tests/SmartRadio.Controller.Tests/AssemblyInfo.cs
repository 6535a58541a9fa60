// A third of their time they wait for programs and clocks: one thread more than the cores of a small machine.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
