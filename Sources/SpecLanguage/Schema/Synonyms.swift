/// Words of other tools, and what this language calls them.
enum Synonyms {
    /// nil if no tool we know uses the word.
    static func path(of word: String) -> String? {
        let folded = String(word.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
        return table.first { $0.0 == folded }?.1
    }

    /// What to do about a word that is more than another name; nil if there is nothing to say.
    static func advice(_ word: String, in path: String) -> String? {
        if path == "optimizer" {
            if ["name", "algorithm", "method", "kind"].contains(word) { return "this language calls it `optimizer.type`" }
            if let kind = OptimizerSpec.Kind(rawValue: word) { return "write `type: \(kind.rawValue)`, with its settings beside it" }
        }
        if path.isEmpty, SettingsTable.layerKinds.contains(where: { $0.name == word && $0.isBuilt && word != "activation" }) {
            return "it is a layer: write `- \(word): ...` in `model.layers`"
        }
        if path == "dropout", ["p", "probability", "dropout_rate", "ratio"].contains(word) { return "this language calls it `rate`" }
        if path.isEmpty || path == "training" { return elsewhere.first { $0.words.contains(word) }?.advice }
        return nil
    }

    private static let elsewhere: [(words: [String], advice: String)] = [
        (["device", "gpu", "gpus", "use_gpu", "cuda", "accelerator"], "there is no such choice: training runs on the processor"),
        (["verbose", "verbosity", "log_level"], "there is no such setting: `--quiet` on the command line leaves out the progress"),
        (["callbacks"], "there are no callbacks: see `training.keep`; `training.early_stopping` is not available in this version"),
        (["units", "neurons"], "it belongs in a layer: `model.layers: [dense: {units: 16}]`"),
        (["batch_norm", "batch_normalization", "batchnorm"], "it is a layer, and not available in this version"),
    ]

    private static let table: [(String, String)] = [
        ("lr", "optimizer.learning_rate"), ("eta", "optimizer.learning_rate"), ("eta0", "optimizer.learning_rate"),
        ("alpha", "optimizer.learning_rate"),
        ("learning_rate_init", "optimizer.learning_rate"), ("base_learning_rate", "optimizer.learning_rate"),
        ("step_size", "optimizer.learning_rate"),
        ("wd", "optimizer.weight_decay"), ("betas", "optimizer.beta1"), ("beta_1", "optimizer.beta1"), ("beta_2", "optimizer.beta2"),
        ("eps", "optimizer.epsilon"),
        ("nesterovs_momentum", "optimizer.nesterov"), ("solver", "optimizer.type"), ("optim", "optimizer"), ("optimiser", "optimizer"),
        ("hidden_layer_sizes", "model.layers"), ("hidden_layers", "model.layers"), ("hidden_sizes", "model.layers"), ("network", "model"),
        ("architecture", "model"), ("net", "model"), ("neurons", "units"), ("nodes", "units"), ("size", "units"), ("out_features", "units"),
        ("num_units", "units"), ("hidden_units", "units"), ("use_bias", "bias"), ("kernel_initializer", "initializer"), ("init", "initializer"),
        ("weight_init", "initializer"), ("activation_function", "activation"), ("act", "activation"), ("nonlinearity", "activation"),
        ("func", "activation"),
        ("kernel_regularizer", "l2"), ("freeze", "trainable"), ("frozen", "trainable"), ("requires_grad", "trainable"),
        ("pretrained", "model.initial_weights"),
        ("input_shape", "model.input"), ("input_dim", "model.input"), ("input_size", "model.input"),
        ("max_epochs", "training.epochs"), ("num_epochs", "training.epochs"), ("n_epochs", "training.epochs"), ("max_iter", "training.epochs"),
        ("nb_epoch", "training.epochs"), ("epoch", "training.epochs"), ("iterations", "training.epochs"), ("steps", "training.epochs"),
        ("batch", "training.batch_size"), ("bs", "training.batch_size"), ("minibatch_size", "training.batch_size"),
        ("drop_last", "training.last_batch"),
        ("drop_remainder", "training.last_batch"), ("clipnorm", "training.gradient_clip"), ("clip_norm", "training.gradient_clip"),
        ("clipvalue", "training.gradient_clip"), ("max_grad_norm", "training.gradient_clip"), ("gradient_clipping", "training.gradient_clip"),
        ("grad_clip", "training.gradient_clip"), ("early_stop", "training.early_stopping"), ("patience", "training.early_stopping"),
        ("lr_scheduler", "training.schedule"), ("scheduler", "training.schedule"), ("learning_rate_scheduler", "training.schedule"),
        ("save_best_only", "training.keep"), ("restore_best_weights", "training.keep"), ("dtype", "training.precision"),
        ("n_jobs", "training.threads"),
        ("num_workers", "training.threads"), ("random_state", "seed"), ("random_seed", "seed"), ("rng", "seed"),
        ("input_features", "data.features"), ("inputs_columns", "data.features"), ("columns", "data.features"), ("x", "data.features"),
        ("output_features", "data.target"), ("label", "data.target"), ("labels", "data.target"), ("y", "data.target"),
        ("target_column", "data.target"),
        ("outputs", "data.target"), ("dataset", "data.path"), ("csv", "data.path"), ("file", "data.path"), ("filename", "data.path"),
        ("sep", "data.delimiter"),
        ("separator", "data.delimiter"), ("na_values", "data.missing_values"), ("usecols", "data.features"), ("drop_columns", "data.exclude"),
        ("validation_split", "data.split.validation"), ("val_split", "data.split.validation"), ("validation_fraction", "data.split.validation"),
        ("test_split", "data.split.test"), ("test_size", "data.split.test"), ("train_size", "data.split.train"),
        ("standardize", "data.normalize: zscore"),
        ("scaler", "data.normalize"), ("normalization", "data.normalize"), ("scale", "data.normalize"), ("standardise", "data.normalize: zscore"),
        ("impute", "data.missing"), ("missing_value_strategy", "data.missing"), ("fillna", "data.missing"), ("class_weight", "class_weights"),
        ("criterion", "loss"), ("objective", "loss"), ("loss_function", "loss"), ("rate", "dropout"), ("p", "dropout"),
        ("output_dir", "output.directory"),
        ("save_path", "output.directory"), ("problem_type", "task"),
    ]

    /// Words for values: the legal word that another tool's word stands for.
    static func value(of word: String, among legal: [String]) -> String? {
        let folded = String(word.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
        return values.first { $0.0 == folded && legal.contains($0.1) }?.1
    }

    private static let values: [(String, String)] = [
        ("categorical_crossentropy", "cross_entropy"), ("sparse_categorical_crossentropy", "cross_entropy"), ("crossentropyloss", "cross_entropy"),
        ("crossentropy", "cross_entropy"), ("softmax_cross_entropy", "cross_entropy"), ("nll", "cross_entropy"), ("nllloss", "cross_entropy"),
        ("binary_crossentropy", "binary_cross_entropy"), ("bce", "binary_cross_entropy"), ("bceloss", "binary_cross_entropy"),
        ("bcewithlogitsloss", "binary_cross_entropy"), ("mean_squared_error", "mse"), ("mseloss", "mse"), ("l2loss", "mse"),
        ("mean_absolute_error", "mae"), ("l1loss", "mae"), ("smooth_l1", "huber"), ("smooth_l1_loss", "huber"), ("logistic", "sigmoid"),
        ("identity", "linear"),
        ("none", "linear"), ("swish", "silu"), ("leakyrelu", "leaky_relu"), ("hardsigmoid", "hard_sigmoid"), ("hardswish", "hard_swish"),
        ("xavier", "glorot_uniform"), ("xavier_uniform", "glorot_uniform"), ("xavier_normal", "glorot_normal"), ("kaiming_uniform", "he_uniform"),
        ("kaiming_normal", "he_normal"), ("kaiming", "he_uniform"), ("he", "he_uniform"), ("glorot", "glorot_uniform"), ("standard", "zscore"),
        ("standardize", "zscore"), ("standard_scaler", "zscore"), ("z_score", "zscore"), ("min_max", "minmax"), ("float", "float32"),
        ("double", "float64"),
        ("numeric", "number"), ("numerical", "number"), ("float", "number"), ("int", "number"),
        ("continuous", "number"), ("categorical", "category"), ("string", "category"), ("text", "category"), ("nominal", "category"),
        ("acc", "accuracy"), ("f1_score", "f1"), ("f1_macro", "macro_f1"), ("logloss", "log_loss"), ("root_mean_squared_error", "rmse"),
        ("r2_score", "r2"), ("fp32", "float32"), ("fp64", "float64"), ("momentum", "sgd"), ("drop", "drop_row"), ("all", "full"),
    ]
}
