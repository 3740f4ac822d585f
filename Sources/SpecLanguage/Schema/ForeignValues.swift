extension ForeignWords {
    /// What other tools call our values; a word may stand for several, of which the setting takes one.
    package static let values: [ForeignWords] = losses + activations + initializers + optimizers + ofData + measured + schedules

    private static let losses: [ForeignWords] = [
        ForeignWords(
            "cross_entropy", keras: "categorical_crossentropy sparse_categorical_crossentropy", pytorch: "CrossEntropyLoss NLLLoss nll_loss",
            sklearn: "log_loss", ludwig: "softmax_cross_entropy sampled_softmax_cross_entropy", darknet: "softmax",
            others: "crossentropy nll negative_log_likelihood ce xent categorical"),
        ForeignWords(
            "binary_cross_entropy", keras: "binary_crossentropy", pytorch: "BCELoss BCEWithLogitsLoss binary_cross_entropy_with_logits",
            ludwig: "binary_weighted_cross_entropy sigmoid_cross_entropy", darknet: "logistic", others: "bce"),
        ForeignWords("mse", keras: "mean_squared_error", pytorch: "MSELoss mse_loss", sklearn: "squared_error", others: "l2 l2loss quadratic"),
        ForeignWords("mae", keras: "mean_absolute_error", pytorch: "L1Loss l1_loss", sklearn: "absolute_error neg_mean_absolute_error", others: "l1"),
        ForeignWords("sse", others: "sum_squared_error sum_of_squares"),
        ForeignWords("huber", keras: "huber_loss", pytorch: "SmoothL1Loss HuberLoss smooth_l1_loss", darknet: "smooth", others: "smooth_l1"),
        ForeignWords(
            "kl_divergence", keras: "kullback_leibler_divergence kld", pytorch: "KLDivLoss kl_div", others: "kl kullback_leibler"),
    ]

    private static let activations: [ForeignWords] = [
        ForeignWords("linear", pytorch: "Identity", sklearn: "identity", others: "none null id"),
        ForeignWords("sigmoid", sklearn: "logistic", darknet: "loggy"),
        ForeignWords("leaky_relu", pytorch: "LeakyReLU", darknet: "leaky", others: "lrelu"),
        ForeignWords("silu", keras: "swish"),
        ForeignWords("gelu_tanh", others: "gelu_new gelu_approximate gelu_pytorch_tanh"),
        ForeignWords("hard_sigmoid", pytorch: "Hardsigmoid"), ForeignWords("hard_swish", pytorch: "Hardswish", others: "hard_silu"),
        ForeignWords("relu", others: "rectify rectifier ramp"), ForeignWords("tanh", others: "hyperbolic_tangent"),
    ]

    private static let initializers: [ForeignWords] = [
        ForeignWords("glorot_uniform", pytorch: "xavier_uniform", ludwig: "xavier", others: "glorot"),
        ForeignWords("glorot_normal", pytorch: "xavier_normal"),
        ForeignWords("he_uniform", pytorch: "kaiming_uniform", others: "kaiming he variance_scaling"),
        ForeignWords("he_normal", pytorch: "kaiming_normal"), ForeignWords("lecun_normal", others: "lecun"),
        ForeignWords("normal", keras: "random_normal truncated_normal", pytorch: "trunc_normal", others: "gaussian"),
        ForeignWords("uniform", keras: "random_uniform"), ForeignWords("zeros", keras: "zero"), ForeignWords("ones", keras: "one"),
    ]

    private static let optimizers: [ForeignWords] = [
        ForeignWords("sgd", others: "momentum gradient_descent stochastic_gradient_descent gd"),
        ForeignWords("rmsprop", pytorch: "RMSprop"), ForeignWords("adamw", others: "adam_w"),
    ]

    private static let ofData: [ForeignWords] = [
        ForeignWords("zscore", keras: "Normalization", sklearn: "StandardScaler", others: "standard standardize standardise z_score standardization"),
        ForeignWords("minmax", sklearn: "MinMaxScaler", others: "min_max rescale"), ForeignWords("robust", sklearn: "RobustScaler"),
        ForeignWords("one_hot", sklearn: "OneHotEncoder", others: "onehot dummy dummies"), ForeignWords("ordinal", sklearn: "OrdinalEncoder"),
        ForeignWords("index", keras: "StringLookup IntegerLookup", others: "label_encoding"),
        ForeignWords("mean", ludwig: "fill_with_mean"), ForeignWords("mode", sklearn: "most_frequent", ludwig: "fill_with_mode"),
        ForeignWords("drop_row", others: "drop dropna remove"),
        ForeignWords("number", ludwig: "numerical", others: "numeric float int integer continuous real"),
        ForeignWords("category", others: "categorical string text nominal factor object"), ForeignWords("boolean", ludwig: "binary", others: "bool"),
        ForeignWords("multilabel", others: "multi_label multilabel_classification"),
        ForeignWords("random", ludwig: "shuffle"), ForeignWords("ordered", others: "sequential"),
        ForeignWords("hash", sklearn: "GroupShuffleSplit", others: "group grouped"),
        ForeignWords("full", ludwig: "max", others: "all full_batch"),
        ForeignWords("float32", others: "float fp32 single 32 32_true"), ForeignWords("float64", others: "double fp64 64 64_true"),
    ]

    private static let measured: [ForeignWords] = [
        ForeignWords(
            "accuracy", keras: "acc sparse_categorical_accuracy categorical_accuracy binary_accuracy", sklearn: "accuracy_score"),
        ForeignWords("balanced_accuracy", sklearn: "balanced_accuracy_score"),
        ForeignWords("f1", sklearn: "f1_score"), ForeignWords("macro_f1", sklearn: "f1_macro"),
        ForeignWords("micro_f1", sklearn: "f1_micro"), ForeignWords("weighted_f1", sklearn: "f1_weighted"),
        ForeignWords("macro_precision", sklearn: "precision_macro"), ForeignWords("macro_recall", sklearn: "recall_macro"),
        ForeignWords("mcc", sklearn: "matthews_corrcoef", others: "matthews phi"),
        ForeignWords("kappa", sklearn: "cohen_kappa_score", others: "cohen_kappa"),
        ForeignWords("average_precision", sklearn: "average_precision_score", others: "auc_pr auprc pr_auc"),
        ForeignWords("brier", sklearn: "brier_score_loss neg_brier_score", others: "brier_score"),
        ForeignWords("top_5_accuracy", keras: "TopKCategoricalAccuracy", sklearn: "top_k_accuracy top_k_accuracy_score", others: "top_k top_5 top5"),
        ForeignWords("median_ae", sklearn: "median_absolute_error neg_median_absolute_error"),
        ForeignWords("mape", keras: "mean_absolute_percentage_error", sklearn: "neg_mean_absolute_percentage_error"),
        ForeignWords("explained_variance", sklearn: "explained_variance_score"),
        ForeignWords("log_loss", sklearn: "neg_log_loss", others: "logloss"),
        ForeignWords("auc_roc", keras: "AUC", sklearn: "roc_auc roc_auc_score", others: "auroc"),
        ForeignWords("precision", sklearn: "precision_score"), ForeignWords("recall", sklearn: "recall_score", others: "sensitivity"),
        ForeignWords("rmse", keras: "RootMeanSquaredError", sklearn: "root_mean_squared_error neg_root_mean_squared_error"),
        ForeignWords("mse", sklearn: "neg_mean_squared_error"), ForeignWords("r2", keras: "R2Score", sklearn: "r2_score", others: "r_squared"),
    ]

    private static let schedules: [ForeignWords] = [
        ForeignWords("step", keras: "PiecewiseConstantDecay", pytorch: "StepLR MultiStepLR", others: "step_decay"),
        ForeignWords("exponential", keras: "ExponentialDecay", pytorch: "ExponentialLR", others: "exp exponential_decay"),
        ForeignWords("cosine", keras: "CosineDecay", pytorch: "CosineAnnealingLR", others: "cosine_annealing cosine_decay"),
        ForeignWords("linear", keras: "PolynomialDecay", pytorch: "LinearLR", others: "linear_decay"),
        ForeignWords("reduce_on_plateau", pytorch: "ReduceLROnPlateau", others: "plateau"),
        ForeignWords("one_cycle", pytorch: "OneCycleLR", others: "onecycle 1cycle"),
    ]

    /// What other tools call our layers.
    package static let layers: [ForeignWords] = [
        ForeignWords(
            "dense", pytorch: "Linear LazyLinear", darknet: "connected", others: "fc fully_connected InnerProduct hidden affine"),
        ForeignWords("activation", others: "nonlinearity act"),
        ForeignWords("dropout", keras: "AlphaDropout GaussianDropout", pytorch: "Dropout1d", others: "drop"),
        ForeignWords("conv1d", pytorch: "Conv1d"), ForeignWords("conv2d", pytorch: "Conv2d", darknet: "convolutional", others: "conv convolution"),
        ForeignWords("max_pool2d", keras: "MaxPooling2D MaxPool2D", darknet: "maxpool"),
        ForeignWords("avg_pool2d", keras: "AveragePooling2D AvgPool2D", darknet: "avgpool"),
        ForeignWords("global_avg_pool", keras: "GlobalAveragePooling2D GlobalAveragePooling1D", pytorch: "AdaptiveAvgPool2d"),
        ForeignWords("flatten", keras: "Flatten"),
        ForeignWords("batch_norm", keras: "BatchNormalization", pytorch: "BatchNorm1d BatchNorm2d", darknet: "batch_normalize", others: "bn"),
        ForeignWords("layer_norm", keras: "LayerNormalization", pytorch: "LayerNorm"),
        ForeignWords("embedding", pytorch: "EmbeddingBag"), ForeignWords("lstm", others: "rnn"),
        ForeignWords("attention", keras: "MultiHeadAttention", others: "self_attention transformer"),
        ForeignWords("add", darknet: "shortcut", others: "residual"), ForeignWords("concat", keras: "Concatenate", darknet: "route"),
    ]
}
