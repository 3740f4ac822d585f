extension Explanation {
    static let notes: [Explanation] = [
        Explanation(
            "N1001 columns that are not used", "The file to predict has columns that the model was not trained on. They change nothing.",
            given: .sh("nnspec predict runs/flowers new.csv"), .csv("length,width,color,weight,garden\n1.4,0.2,white,3.1,north"),
            .csv("length,width,color,weight\n1.4,0.2,white,3.1")),
        Explanation(
            "N1002 rows dropped",
            "The spec says `missing: drop_row`, and this many rows have a gap in a feature. The same is done in all parts of the data.",
            given: .csv("length,width,species\n1.4,0.2,lily\n1.5,,lily\n1.6,0.3,lily\n3.5,0.9,setosa\n3.6,0.8,setosa"),
            .yaml("data: {path: flowers.csv, target: species, missing: drop_row}"),
            .yaml("data: {path: flowers.csv, target: species, missing: median}")),
        Explanation(
            "N1101 missing values filled in",
            "The spec says how gaps are filled, and this is what was done. The numbers are those of the training rows, and the model "
                + "keeps them for later predictions.",
            given: .csv("length,width,species\n1.4,0.2,lily\n1.5,,lily\n1.6,0.3,lily\n3.5,0.9,setosa\n3.6,0.8,setosa"),
            .yaml("data: {path: flowers.csv, target: species, missing: mean}"), .yaml("data: {path: flowers.csv, target: species, missing: drop_row}")
        ),
        Explanation(
            "N1003 scores instead of probabilities",
            "The model learnt classes with a loss that compares numbers, so what its units say are scores: the greatest one "
                + "is the answer, and they do not sum to 1. Cross entropy, the default, learns probabilities.",
            given: .sh("nnspec predict runs/flowers new.csv"), .yaml("task: classification\nloss: mse"),
            .yaml("task: classification\nloss: cross_entropy")),
        Explanation(
            "W0301 target among the features",
            "The features name a target, so the network is told the answer. That is right where it shall learn its own input, and a "
                + "mistake elsewhere; the message tells how to say that it is meant.",
            .yaml("data: {path: flowers.csv, target: ⟪weight⟫, features: [length, ⟦weight⟧]}"),
            .yaml("data: {path: flowers.csv, target: weight, features: [length, width]}")),
        Explanation(
            "W0302 learning rate far too large",
            "Steps of this size throw the weights about, and the loss soon is infinite. Rates of 0.0001 to 0.01 are usual, up to 1 for sgd.",
            .yaml("optimizer: {type: adam, learning_rate: ⟦3⟧}"), .yaml("optimizer: {type: adam, learning_rate: 0.003}")),
        Explanation(
            "W0303 direction against the metric",
            "Every metric has a better direction, which `mode: auto` takes: accuracy goes up, errors go down. This `mode` waits for the other one, "
                + "so that the training stops while it gets better.",
            .yaml("training: {epochs: 4, early_stopping: {monitor: ⟪validation.accuracy⟫, mode: ⟦min⟧}}"),
            .yaml("training: {epochs: 4, early_stopping: {monitor: validation.accuracy}}")),
        Explanation(
            "W1002 constant column",
            "The column has one value in all training rows. It has no spread to scale by, and nothing can be learnt from it.",
            .csv("length,⟦garden⟧,species\n1.4,1,lily\n1.5,1,lily\n3.5,1,setosa\n3.6,1,setosa"),
            .yaml("data: {path: flowers.csv, target: species, exclude: [garden]}")),
        Explanation(
            "W1003 categories that differ by blanks",
            "Two categories are the same but for blanks at their ends, and are kept apart, as the file says. Most likely "
                + "they mean the same.",
            .csv("length,color,species\n1.4,⟪white⟫,lily\n1.5,\"⟦white ⟧\",lily\n3.5,blue,setosa\n3.6,blue,setosa"),
            .csv("length,color,species\n1.4,white,lily\n1.5,white,lily\n3.5,blue,setosa\n3.6,blue,setosa")),
        Explanation(
            "W1004 class absent from a part",
            "A part of the data has no row of this class, so it cannot be learnt, or not be measured, there. A stratified split "
                + "gives each part its share of each class.",
            .yaml("data: {path: flowers.csv, target: species, split: {validation: 0.2, method: ⟦ordered⟧}}"),
            .yaml("data: {path: flowers.csv, target: species, split: {validation: 0.2, method: stratified}}")),
        Explanation(
            "W1005 categories taken as none",
            "The spec says `unseen: other`, and these values are no known category: all inputs of the column are 0 for them.",
            given: .csv("length,color,species\n1.4,white,lily\n2.6,red,rose\n3.5,⟦blue⟧,setosa"),
            .yaml(
                """
                data:
                  path: flowers.csv
                  target: species
                  features: [length, {name: color, type: category, categories: [red, white], unseen: other}]
                """),
            .yaml(
                """
                data:
                  path: flowers.csv
                  target: species
                  features: [length, {name: color, type: category, categories: [blue, red, white], unseen: other}]
                """)),
        Explanation(
            "W1006 classes of equal value", "Two labels are one number written in two ways. Labels are texts, so they are two classes.",
            given: .yaml("task: classification"), .csv("length,species\n1.4,⟪1⟫\n1.5,⟦1.0⟧\n3.5,2\n3.6,2"),
            .csv("length,species\n1.4,1\n1.5,1\n3.5,2\n3.6,2")),
        Explanation(
            "W1007 constant target",
            "The target has one value in all training rows, so it has no spread to scale by, and the network will learn to answer it always.",
            given: .yaml("data: {path: flowers.csv, target: weight, normalize_target: zscore}\nmetrics: [rmse]\ntask: regression"),
            .csv("length,⟦weight⟧\n1.4,3\n1.5,3\n3.5,3\n3.6,3\n3.7,3"), .csv("length,weight\n1.4,3\n1.5,4\n3.5,5\n3.6,6\n3.7,7")),
        Explanation(
            "W1008 numbers taken for categories",
            "Every text of the column would be a number if the decimal mark were the other one. As it is they are texts, and each of them becomes "
                + "a category with an input of its own, which is hardly meant.",
            given: .yaml("data: {path: flowers.csv, target: species, delimiter: \";\"}"),
            .csv("⟦length⟧;species\n1,4;lily\n1,5;lily\n3,5;setosa\n3,6;setosa"),
            .yaml("data: {path: flowers.csv, target: species, delimiter: \";\", decimal: \",\"}")),
        Explanation(
            "W1072 file without weights",
            "The model was trained and measured with `sample_weight`, and the file to measure on has no such column. Each of its rows counts the "
                + "same, so that the numbers do not compare with those of the run.",
            given: .yaml("data: {path: flowers.csv, target: species, sample_weight: weight}"),
            .sh("cut -d, -f1-3,5 flowers.csv >new.csv\nnnspec evaluate runs/flowers --data new.csv"),
            .sh("nnspec evaluate runs/flowers --data more.csv")),
        Explanation(
            "W1901 batch larger than the data",
            "The batch size that the spec names is more than there are training rows, so that every step takes all of them.",
            .yaml("training: {batch_size: ⟦5000⟧}"), .yaml("training: {batch_size: full}")),
        Explanation(
            "W2001 monitor undefined in every epoch",
            "The best epoch is chosen by this metric, and it was 0 / 0 in all of them: r2 of a single row, for one. So the last "
                + "epoch was kept.",
            given: .csv("length,weight\n1.4,3\n1.5,4\n3.5,5\n3.6,6\n3.7,7"),
            .yaml("data: {path: flowers.csv, target: weight}\ntraining: {monitor: ⟦validation.r2⟧}"),
            .yaml("data: {path: flowers.csv, target: weight}\ntraining: {monitor: validation.rmse}")),
        Explanation(
            "W2002 undefined metric",
            "The metric has no value on this part of the data and is written as null: there is no row of the class, or the target does not vary. "
                + "docs/spec-language.md says of each metric where it is undefined.",
            given: .csv("length,weight\n1.4,3\n1.5,4\n3.5,5\n3.6,6\n3.7,7"),
            .yaml("data: {path: flowers.csv, target: weight}"), .yaml("data: {path: flowers.csv, target: weight}\nmetrics: [rmse, mae]")),
        Explanation(
            "W2003 learning rate halved",
            "The spec says `on_nonfinite: halve_learning_rate`, and a number was not finite. The training went back to the end of the epoch "
                + "before and on with half the rate; metrics.csv shows the rates used, run.json the epochs in which it happened.",
            .yaml(
                "data: {path: flowers.csv, target: weight}\noptimizer: {type: sgd, learning_rate: 10}\n"
                    + "training: {epochs: 20, on_nonfinite: ⟦halve_learning_rate⟧}"),
            .yaml(
                "data: {path: flowers.csv, target: weight}\noptimizer: {type: sgd, learning_rate: 0.01}\n"
                    + "training: {epochs: 20, on_nonfinite: halve_learning_rate}")),
        Explanation(
            "W2087 learning rate that was not found",
            "`find-lr` suggests a rate where the loss fell as the rate rose. Here it fell at none: the first rate was too high already, the last too "
                + "low, or there is nothing to learn.",
            .sh("nnspec find-lr flowers.yaml --from 1e5 --to 1e6 --steps 10"), .sh("nnspec find-lr flowers.yaml")),
        Explanation(
            "W3703 checkpoint that could not be saved",
            "The system refused to write a checkpoint, most often because the disk is full. The training goes on, and the checkpoint "
                + "before it is whole.",
            .text("nnspec train flowers.yaml on a full disk"), .text("free some space, or choose another disk with --output")),
        Explanation(
            "W1721 older checkpoint used",
            "The newest checkpoint is damaged, so the training goes on from the one before it. It comes to the same result, only later.",
            .text("nnspec train flowers.yaml --resume, after the disk lost the last file"), .text("nothing is to be done")),
        Explanation(
            "W1973 data other than those of the training",
            "`evaluate RUN` divides the rows of the run's data file as the training did. If the file has changed since, by the digest in run.json, "
                + "the parts may hold other rows, and the numbers are not those of the training.",
            .sh("nnspec train flowers.yaml --quiet\ntail -n 1 flowers.csv > last.csv\ncat last.csv >> flowers.csv\nnnspec evaluate runs/flowers"),
            .sh("nnspec train flowers.yaml")),
        Explanation(
            "N1721 nothing to do", "`--resume` found a run that has come to its end. More epochs go on from there.",
            .sh("nnspec train flowers.yaml --quiet\nnnspec train flowers.yaml --resume"),
            .sh("nnspec train flowers.yaml --quiet\nnnspec train flowers.yaml --resume --set training.epochs=4")),
    ]
}
