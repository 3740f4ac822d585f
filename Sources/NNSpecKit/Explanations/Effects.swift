extension Explanation {
    static let effects: [Explanation] = [
        Explanation(
            "E0325 metric of another task",
            "Accuracy and its kin count right classes; mse, rmse, mae and r2 measure distances of numbers. The metric "
                + "must be one for the task of the spec.",
            .yaml("task: ⟪classification⟫\nmetrics: [⟦rmse⟧]"), .yaml("task: classification\nmetrics: [accuracy]")),
        Explanation(
            "E0326 exclude beside a list of features",
            "`exclude` takes columns out of `features: all`. Where the features are listed one by one, "
                + "leave a column out of the list.",
            .yaml("data: {path: flowers.csv, target: species, features: ⟪[length, width]⟫, exclude: ⟦[color]⟧}"),
            .yaml("data: {path: flowers.csv, target: species, features: [length, width]}")),
        Explanation(
            "E0327 target among exclude", "The target is never a feature of `features: all`, so there is nothing to leave out.",
            .yaml("data: {path: flowers.csv, target: ⟪species⟫, exclude: [⟦species⟧]}"), .yaml("data: {path: flowers.csv, target: species}")),
        Explanation(
            "E0328 one character for two things",
            "The delimiter, the decimal point and the sign of a comment must differ, or a line could be read in several ways.",
            .yaml("data: {path: flowers.csv, target: species, decimal: ⟦\",\"⟧}"),
            .yaml("data: {path: flowers.csv, target: species, decimal: \",\", delimiter: \";\"}")),
        Explanation(
            "E0329 decimal point", "Numbers of a data file have a point or a comma before their fraction, nothing else.",
            .yaml("data: {path: flowers.csv, target: species, decimal: ⟦\"'\"⟧}"), .yaml("data: {path: flowers.csv, target: species, decimal: \".\"}")
        ),
        Explanation(
            "E0330 monitor that is not measured",
            "`training.monitor` chooses the best epoch by a number measured on the validation rows: `validation.loss`, or `validation.` and a metric "
                + "that the run measures. Early stopping and `reduce_on_plateau` watch such a number too, or `train.loss`.",
            .yaml("training: {monitor: ⟦validation.acuracy⟧}"), .yaml("training: {monitor: validation.accuracy}")),
        Explanation(
            "E0331 monitor without validation rows",
            "The monitor is measured on rows held back for validation, and this spec holds none back. "
                + "Early stopping and `reduce_on_plateau` can watch `train.loss` then.",
            .yaml("data: {path: flowers.csv, target: species, split: ⟪none⟫}\ntraining: {monitor: ⟦validation.accuracy⟧}"),
            .yaml("data: {path: flowers.csv, target: species, split: none}\ntraining: {keep: last}")),
        Explanation(
            "E0332 keep: best without validation rows",
            "The best epoch is the one with the best monitor on rows that were not trained on. Without "
                + "validation rows there is no such number; the last epoch is kept then.",
            .yaml("data: {path: flowers.csv, target: species, split: ⟪none⟫}\ntraining: {keep: ⟦best⟧}"),
            .yaml("data: {path: flowers.csv, target: species, split: none}\ntraining: {keep: last}")),
        Explanation(
            "E0333 last layer of a binary task",
            "Binary cross entropy works on one unit: the probability of the second class. That of the first is "
                + "the rest. For a unit per class learn with `loss: cross_entropy`.",
            given: .csv("length,species\n1.4,lily\n1.5,lily\n3.5,setosa\n3.6,setosa"),
            .yaml("task: ⟪binary⟫\nmodel: {layers: [8, ⟦2⟧]}"), .yaml("task: binary\nmodel: {layers: [8, 1]}")),
        Explanation(
            "E0334 last layer against data.classes",
            "In a classification the last layer has one unit for each class, and the spec lists the classes.",
            .yaml("data: {path: flowers.csv, target: species, classes: ⟪[lily, rose, setosa]⟫}\nmodel: {layers: [8, ⟦2⟧]}"),
            .yaml("data: {path: flowers.csv, target: species, classes: [lily, rose, setosa]}\nmodel: {layers: [8, auto]}")),
        Explanation(
            "E0335 training a bias that is not there", "`trainable: [bias]` trains the bias of a layer, and `bias: false` says that it has none.",
            .yaml("model: {layers: [⟪{dense: {units: 8, bias: false, trainable: [⟦bias⟧]}}⟫, auto]}"),
            .yaml("model: {layers: [{dense: {units: 8, trainable: [bias]}}, auto]}")),
        Explanation(
            "E0336 nothing to train",
            "Every dense layer is frozen, so the epochs would change nothing. To write the initial weights only, say "
                + "`training: {epochs: 0}`.",
            .yaml("model: {layers: ⟦[{dense: {units: auto, trainable: false}}]⟧}"), .yaml("model: {layers: [{dense: {units: auto}}]}")),
        Explanation(
            "E0337 penalty on a frozen weight", "`l1` and `l2` pull weights towards 0 while they are trained. This layer's weight is not.",
            .yaml("model: {layers: [{dense: {units: 8, trainable: ⟪false⟫, l2: ⟦0.01⟧}}, auto]}"),
            .yaml("model: {layers: [{dense: {units: 8, l2: 0.01}}, auto]}")),
        Explanation(
            "E0338 decay_bias without decay",
            "`decay_bias` lets weight_decay, l1 and l2 work on biases too. None of them is greater than 0 where a "
                + "bias is trained.",
            .yaml("optimizer: {decay_bias: ⟦true⟧}"), .yaml("optimizer: {decay_bias: true, weight_decay: 0.01}")),
        Explanation(
            "E0339 dropout at the end",
            "Dropout silences units so that later layers learn to do without them. After the last dense layer nothing "
                + "learns any more, and it would only spoil the output.",
            .yaml("model: {layers: [8, ⟪auto⟫, ⟦{dropout: 0.2}⟧]}"), .yaml("model: {layers: [8, {dropout: 0.2}, auto]}")),
        Explanation(
            "E0340 setting of another type of feature",
            "`encoding`, `unseen`, `max_categories` and `categories` are settings of categories; `normalize` is one of numbers. For the type "
                + "that this feature is said to have, the setting does nothing.",
            .yaml("data: {path: flowers.csv, target: species, features: [{name: length, type: ⟪number⟫, unseen: ⟦other⟧}]}"),
            .yaml("data: {path: flowers.csv, target: species, features: [{name: length, type: number}]}")),
        Explanation(
            "E0341 label_smoothing of several targets", "Several targets are numbers, and label smoothing is for classes.",
            .yaml("data: {path: flowers.csv, target: ⟪[length, weight]⟫}\nlabel_smoothing: ⟦0.1⟧"),
            .yaml("data: {path: flowers.csv, target: species}\nlabel_smoothing: 0.1")),
        Explanation(
            "E0342 classes of a regression", "`data.classes` lists the classes of the target, and the spec says that the target is a number.",
            .yaml("task: ⟪regression⟫\ndata: {path: flowers.csv, target: weight, classes: ⟦[light, heavy]⟧}"),
            .yaml("task: regression\ndata: {path: flowers.csv, target: weight}")),
        Explanation(
            "E0343 shape before dense",
            "A dense layer reads rows of numbers. An input with more dimensions, such as an image, is written as the "
                + "number of values in it.",
            .yaml("model: {input: ⟦[28, 28]⟧, layers: [⟪8⟫, auto]}"), .yaml("model: {input: 784, layers: [8, auto]}")),
        Explanation(
            "E0344 label among the features",
            "The list of features names the target. The network would read the answer off its input and be of no "
                + "use on rows whose answer is not known.",
            .yaml("task: classification\ndata: {path: flowers.csv, target: ⟪species⟫, features: [length, ⟦species⟧]}"),
            .yaml("task: classification\ndata: {path: flowers.csv, target: species, features: [length, width]}")),
        Explanation(
            "E0345 metrics of two tasks", "Some of the metrics measure classes, others numbers. Whatever the task turns out to be, no run has both.",
            .yaml("metrics: [⟪accuracy⟫, ⟦rmse⟧]"), .yaml("metrics: [accuracy, log_loss]")),
        Explanation(
            "E0346 several targets of classes",
            "A classification tells the classes of one column apart. Several target columns are numbers, and predicting "
                + "them is a regression.",
            .yaml("task: ⟪classification⟫\ndata: {path: flowers.csv, target: ⟦[length, weight]⟧}"),
            .yaml("task: classification\ndata: {path: flowers.csv, target: species}")),
        Explanation(
            "E0347 kl_divergence of one column",
            "This loss compares two distributions, so each row needs several targets that sum to 1. For a column of classes "
                + "cross entropy is the loss, for one of numbers mse.",
            .yaml("loss: ⟦kl_divergence⟧\ndata: {path: flowers.csv, target: ⟪species⟫}"),
            .yaml("loss: cross_entropy\ndata: {path: flowers.csv, target: species}")),
        Explanation(
            "E0348 kl_divergence with normalize_target",
            "Targets brought to mean 0 and deviation 1 are no probabilities any more, and this loss compares "
                + "probabilities.",
            given: .csv("length,p1,p2\n1.4,0.25,0.75\n3.5,0.5,0.5"),
            .yaml("loss: ⟪kl_divergence⟫\ndata: {path: flowers.csv, target: [p1, p2], normalize_target: ⟦zscore⟧}"),
            .yaml("loss: kl_divergence\ndata: {path: flowers.csv, target: [p1, p2]}")),
        Explanation(
            "E0349 format of a data file unknown",
            "The format follows from the ending of the file's name, never from a guess at its content. Another ending needs the "
                + "setting.",
            .yaml("data: {path: ⟦flowers.txt⟧, target: species}"), .yaml("data: {path: flowers.txt, format: csv, target: species}")),
        Explanation(
            "E0350 constant that is no category", "The categories of the column are listed, and what is to fill its gaps is none of them.",
            .yaml(
                """
                data:
                  path: flowers.csv
                  target: species
                  features: [length, {name: color, categories: [blue, red, white], missing: ⟦{constant: unknown}⟧}]
                """),
            .yaml(
                """
                data:
                  path: flowers.csv
                  target: species
                  features: [length, {name: color, categories: [blue, red, white, unknown], missing: {constant: unknown}}]
                """)),
        Explanation(
            "E0351 constant that is no number", "The column is said to hold numbers, so what fills its gaps must be one.",
            .yaml("data: {path: flowers.csv, target: species, features: [{name: length, type: number, missing: ⟦{constant: unknown}⟧}]}"),
            .yaml("data: {path: flowers.csv, target: species, features: [{name: length, type: number, missing: {constant: 0}}]}")),
        Explanation(
            "E0352 binary task of more than two classes",
            "A binary task has one unit for the probability of the second of two classes. With more classes there is a "
                + "unit for each, which is `task: classification`.",
            .yaml("task: ⟪binary⟫\ndata: {path: flowers.csv, target: species, classes: ⟦[lily, rose, setosa]⟧}"),
            .yaml("task: classification\ndata: {path: flowers.csv, target: species, classes: [lily, rose, setosa]}")),
        Explanation(
            "E0353 stratified split of a regression",
            "A stratified split keeps the share of each class the same in all parts. A target of numbers has no classes.",
            .yaml("task: ⟪regression⟫\ndata: {path: flowers.csv, target: weight, split: {validation: 0.2, method: ⟦stratified⟧}}"),
            .yaml("task: regression\ndata: {path: flowers.csv, target: weight, split: {validation: 0.2, method: random}}")),
        Explanation(
            "E0354 weight of a class that is not listed", "`class_weights` names a class that `data.classes` does not have.",
            .yaml("data: {path: flowers.csv, target: species, classes: ⟪[lily, rose, setosa]⟫}\nclass_weights: {⟦sestosa⟧: 3}"),
            .yaml("data: {path: flowers.csv, target: species, classes: [lily, rose, setosa]}\nclass_weights: {setosa: 3}")),
    ]

    /// Numbers of schedules that do not fit what they start from.
    static let schedules: [Explanation] = [
        Explanation(
            "E0363 nothing but warm-up",
            "In the first `warmup_epochs` the learning rate rises to its full size, and the schedule follows. With as many epochs of warm-up as "
                + "there are in all, it never would.",
            .yaml("training: {epochs: ⟪4⟫, schedule: {cosine: {warmup_epochs: ⟦5⟧}}}"),
            .yaml("training: {epochs: 4, schedule: {cosine: {warmup_epochs: 1}}}")
        ),
        Explanation(
            "E0364 minimum above the learning rate",
            "The schedule brings the learning rate down to its minimum, so the minimum must not be above the rate that it starts from.",
            .yaml("optimizer: {learning_rate: ⟪0.01⟫}\ntraining: {epochs: 4, schedule: {cosine: {minimum: ⟦0.1⟧}}}"),
            .yaml("optimizer: {learning_rate: 0.01}\ntraining: {epochs: 4, schedule: {cosine: {minimum: 0.001}}}")),
    ]
}
