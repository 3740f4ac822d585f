extension Explanation {
    static let system: [Explanation] = [
        Explanation(
            "E3001 more memory than allowed",
            "All memory of a run is known before it starts. It needs more than `--max-memory` allows; the message names what "
                + "takes the most.",
            given: .yaml("model: {layers: [⟦1000⟧, auto]}"), .sh("nnspec train flowers.yaml --max-memory 50K"),
            .sh("nnspec train flowers.yaml --max-memory 1G")),
        Explanation(
            "E3002 more memory than the machine has",
            "The run needs more memory than there is in the machine, so it is not started. A weight takes its inputs "
                + "times its units.",
            .yaml("model: {layers: [1000000, ⟦1000000⟧, auto]}"), .yaml("model: {layers: [1000, 1000, auto]}")),
        Explanation(
            "E3701 run folder that cannot be written",
            "Before anything is trained the run folder is tried out, and it cannot be made or written: a file is in the way, "
                + "or you may not write there.",
            .sh("nnspec train flowers.yaml --output flowers.csv"), .sh("nnspec train flowers.yaml --output results")),
        Explanation(
            "E3702 folder that cannot be made", "The system refused to make a folder; the message holds its words.",
            .sh("nnspec init flowers.csv --output more.csv/new.yaml"), .sh("nnspec init flowers.csv --output specs/new.yaml")),
        Explanation(
            "E3703 file that cannot be written",
            "The system refused to write, most often because the disk is full. Files are replaced whole: what stood there before "
                + "is untouched.",
            .sh("ulimit -f 0\nnnspec train flowers.yaml"), .sh("ulimit -f unlimited\nnnspec train flowers.yaml")),
        Explanation(
            "E3704 run folder in use",
            "Another nnspec is training in the same run folder, and two would overwrite each other. The lock goes with the process that holds it, "
                + "however it ends.",
            .sh(
                "nnspec train flowers.yaml --quiet --set training.epochs=1000000000 &\nsleep 1\n"
                    + "nnspec train flowers.yaml; code=$?\nkill -9 $!; (exit $code)"),
            .sh("nnspec train flowers.yaml")),
        Explanation(
            "E3711 output that cannot be written",
            "The results could not be printed: the disk they are sent to is full, or it has gone.",
            .sh("nnspec predict runs/flowers new.csv >/dev/full"), .sh("nnspec predict runs/flowers new.csv >predictions.csv")),
        Explanation(
            "E3801 layer too large for any machine",
            "A weight or an output would have more bytes than a processor can count. Most likely a number has some zeros too "
                + "many.",
            .yaml("model: {layers: [1000000000, ⟦1000000000⟧, auto]}"), .yaml("model: {layers: [1000, 1000, auto]}")),
        Explanation(
            "E3901 memory refused",
            "The machine has the memory that this run needs, and the system does not give it: others use it, or a limit is set. A smaller "
                + "network or batch needs less.",
            .sh("ulimit -v 100000\nnnspec train flowers.yaml --set 'model.layers=[3000,3000,auto]'"),
            .sh("ulimit -v 100000\nnnspec train flowers.yaml --set 'model.layers=[30,30,auto]'")),
        Explanation(
            "E3902 memory for data refused",
            "The system gives no memory for a data file: its bytes, its columns and the matrix made of them have to be there at once, some two "
                + "to three times the file. Columns that are not features take none.",
            .sh("ulimit -v 100000\ntruncate -s 1G huge.csv\nnnspec train flowers.yaml --set data.path=huge.csv"),
            .sh("ulimit -v 100000\nnnspec train flowers.yaml --set data.path=flowers.csv")),
        Explanation(
            "E3990 data file that changed while it was read",
            "Another program wrote to the file, shortened it or began it anew, after nnspec had opened it. Half of the rows would be those of the "
                + "old file and half those of the new one, so nothing was made of them, and what an earlier run left stands. Array files are read "
                + "where they lie, so that may be noticed late.",
            .text("numpy.save(\"x.npy\", x)  # while `nnspec train` reads x.npy"),
            .text("numpy.save(\"x.new.npy\", x); os.replace(\"x.new.npy\", \"x.npy\")")),
        Explanation(
            "E3991 data that take more memory than there may be",
            "A training holds its data in memory: the file, its columns and the matrix made of them. What is known of that before it is read, or "
                + "before the matrix is made, is more than `--max-memory` allows or the machine has; a container has what its control group allows.",
            .text("nnspec train flowers.yaml --max-memory 100"), .text("nnspec train flowers.yaml --max-memory 1G")),
    ]
}
