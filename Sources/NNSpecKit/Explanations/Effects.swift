extension Explanation {
    static let effects: [Explanation] = [
        Explanation(
            "E0325 metric of another task",
            "Accuracy and its kin count right classes; mse, rmse, mae and r2 measure distances of numbers. The metric "
                + "must be one for the task of the spec.",
            .yaml("task: classification\nmetrics: [rmse]"), .yaml("task: classification\nmetrics: [accuracy]")),
        Explanation(
            "E0326 exclude beside a list of features",
            "`exclude` takes columns out of `features: all`. Where the features are listed one by one, "
                + "leave a column out of the list.",
            .yaml("data: {path: flowers.csv, target: species, features: [length, width], exclude: [color]}"),
            .yaml("data: {path: flowers.csv, target: species, features: [length, width]}")),
        Explanation(
            "E0327 target among exclude", "The target is never a feature of `features: all`, so there is nothing to leave out.",
            .yaml("data: {path: flowers.csv, target: species, exclude: [species]}"), .yaml("data: {path: flowers.csv, target: species}")),
        Explanation(
            "E0328 one character for two things",
            "The delimiter, the decimal point and the sign of a comment must differ, or a line could be read in several ways.",
            .yaml("data: {path: flowers.csv, target: species, decimal: \",\"}"),
            .yaml("data: {path: flowers.csv, target: species, decimal: \",\", delimiter: \";\"}")),
        Explanation(
            "E0329 decimal point", "Numbers of a data file have a point or a comma before their fraction, nothing else.",
            .yaml("data: {path: flowers.csv, target: species, decimal: \"'\"}"), .yaml("data: {path: flowers.csv, target: species, decimal: \".\"}")),
        Explanation(
            "E0330 monitor that is not measured",
            "`training.monitor` chooses the best epoch by a number measured on the validation rows: "
                + "`validation.loss`, or `validation.` and a metric that the run measures.",
            .yaml("training: {monitor: validation.acuracy}"), .yaml("training: {monitor: validation.accuracy}")),
        Explanation(
            "E0331 monitor without validation rows", "The monitor is measured on rows held back for validation, and this spec holds none back.",
            .yaml("data: {path: flowers.csv, target: species, split: none}\ntraining: {monitor: validation.accuracy}"),
            .yaml("data: {path: flowers.csv, target: species, split: none}\ntraining: {keep: last}")),
        Explanation(
            "E0332 keep: best without validation rows",
            "The best epoch is the one with the best monitor on rows that were not trained on. Without "
                + "validation rows there is no such number; the last epoch is kept then.",
            .yaml("data: {path: flowers.csv, target: species, split: none}\ntraining: {keep: best}"),
            .yaml("data: {path: flowers.csv, target: species, split: none}\ntraining: {keep: last}")),
        Explanation(
            "E0333 last layer of a binary task",
            "Binary cross entropy works on one unit: the probability of the second class. That of the first is "
                + "the rest. For a unit per class learn with `loss: cross_entropy`.",
            .yaml("task: binary\nmodel: {layers: [8, 2]}"), .yaml("task: binary\nmodel: {layers: [8, 1]}")),
        Explanation(
            "E0334 last layer against data.classes",
            "In a classification the last layer has one unit for each class, and the spec lists the classes.",
            .yaml("data: {path: flowers.csv, target: species, classes: [lily, rose, setosa]}\nmodel: {layers: [8, 2]}"),
            .yaml("data: {path: flowers.csv, target: species, classes: [lily, rose, setosa]}\nmodel: {layers: [8, auto]}")),
        Explanation(
            "E0335 training a bias that is not there", "`trainable: [bias]` trains the bias of a layer, and `bias: false` says that it has none.",
            .yaml("model: {layers: [{dense: {units: 8, bias: false, trainable: [bias]}}, auto]}"),
            .yaml("model: {layers: [{dense: {units: 8, trainable: [bias]}}, auto]}")),
        Explanation(
            "E0336 nothing to train",
            "Every dense layer is frozen, so the epochs would change nothing. To write the initial weights only, say "
                + "`training: {epochs: 0}`.",
            .yaml("model: {layers: [{dense: {units: auto, trainable: false}}]}"), .yaml("model: {layers: [{dense: {units: auto}}]}")),
        Explanation(
            "E0337 penalty on a frozen weight", "`l1` and `l2` pull weights towards 0 while they are trained. This layer's weight is not.",
            .yaml("model: {layers: [{dense: {units: 8, trainable: false, l2: 0.01}}, auto]}"),
            .yaml("model: {layers: [{dense: {units: 8, l2: 0.01}}, auto]}")),
        Explanation(
            "E0338 decay_bias without decay",
            "`decay_bias` lets weight_decay, l1 and l2 work on biases too. None of them is greater than 0 where a "
                + "bias is trained.",
            .yaml("optimizer: {decay_bias: true}"), .yaml("optimizer: {decay_bias: true, weight_decay: 0.01}")),
        Explanation(
            "E0339 dropout at the end",
            "Dropout silences units so that later layers learn to do without them. After the last dense layer nothing "
                + "learns any more, and it would only spoil the output.",
            .yaml("model: {layers: [8, auto, {dropout: 0.2}]}"), .yaml("model: {layers: [8, {dropout: 0.2}, auto]}")),
        Explanation(
            "E0340 setting of another type of feature",
            "`unseen`, `max_categories` and `categories` are settings of categories; `normalize` is one of numbers. For the type that this feature "
                + "is said to have, the setting does nothing.",
            .yaml("data: {path: flowers.csv, target: species, features: [{name: length, type: number, unseen: other}]}"),
            .yaml("data: {path: flowers.csv, target: species, features: [{name: length, type: number}]}")),
        Explanation(
            "E0341 label_smoothing of several targets", "Several targets are numbers, and label smoothing is for classes.",
            .yaml("data: {path: flowers.csv, target: [length, weight]}\nlabel_smoothing: 0.1"),
            .yaml("data: {path: flowers.csv, target: species}\nlabel_smoothing: 0.1")),
        Explanation(
            "E0342 classes of a regression", "`data.classes` lists the classes of the target, and the spec says that the target is a number.",
            .yaml("task: regression\ndata: {path: flowers.csv, target: weight, classes: [light, heavy]}"),
            .yaml("task: regression\ndata: {path: flowers.csv, target: weight}")),
        Explanation(
            "E0343 shape before dense",
            "A dense layer reads rows of numbers. An input with more dimensions, such as an image, is written as the "
                + "number of values in it.",
            .yaml("model: {input: [28, 28], layers: [8, auto]}"), .yaml("model: {input: 784, layers: [8, auto]}")),
        Explanation(
            "E0344 label among the features",
            "The list of features names the target. The network would read the answer off its input and be of no "
                + "use on rows whose answer is not known.",
            .yaml("task: classification\ndata: {path: flowers.csv, target: species, features: [length, species]}"),
            .yaml("task: classification\ndata: {path: flowers.csv, target: species, features: [length, width]}")),
        Explanation(
            "E0345 metrics of two tasks", "Some of the metrics measure classes, others numbers. Whatever the task turns out to be, no run has both.",
            .yaml("metrics: [accuracy, rmse]"), .yaml("metrics: [accuracy, log_loss]")),
        Explanation(
            "E0901 monitor that this run does not measure",
            "As E0330, found when the data has decided the task: the monitor names a metric of the "
                + "other task.",
            .yaml("training: {monitor: validation.rmse}"), .yaml("training: {monitor: validation.accuracy}")),
    ]
}
