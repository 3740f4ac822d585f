extension ForeignWords {
    /// What other tools call our settings. A word stands once; a test tries every one in a spec.
    package static let settings: [ForeignWords] = atTheTop + ofData + ofModel + ofLayers + ofOptimizer + ofTraining

    private static let atTheTop: [ForeignWords] = [
        ForeignWords("nnspec", ludwig: "ludwig_version", others: "version spec_version schema_version"),
        ForeignWords("name", ludwig: "experiment_name model_name", others: "run_name experiment title"),
        ForeignWords(
            "seed", pytorch: "manual_seed", lightning: "seed_everything", sklearn: "random_state", ludwig: "random_seed", others: "rng rng_seed"),
        ForeignWords("extends", others: "base include inherit inherits parent"),
        ForeignWords("task", ludwig: "model_type", others: "problem_type task_type"),
        ForeignWords("data", ludwig: "preprocessing", others: "dataset_config datamodule data_config"),
        ForeignWords("model", keras: "Sequential", others: "network architecture nn"),
        ForeignWords(
            "loss", pytorch: "criterion loss_fn", darknet: "cost", others: "objective loss_function loss_func cost_function error_function"),
        ForeignWords("label_smoothing", others: "smoothing label_smooth smooth_labels"),
        ForeignWords("class_weights", pytorch: "pos_weight", sklearn: "class_weight", others: "scale_pos_weight class_weighting"),
        ForeignWords("metrics", keras: "weighted_metrics", sklearn: "scoring", others: "metric eval_metric eval_metrics evaluation_metrics"),
        ForeignWords("optimizer", pytorch: "optim", lightning: "configure_optimizers", others: "optimiser opt"),
        ForeignWords("training", keras: "fit", ludwig: "trainer", others: "train_config training_args training_arguments hyperparameters hparams"),
        ForeignWords(
            "sweep", sklearn: "param_grid param_distributions GridSearchCV", ludwig: "hyperopt",
            others: "grid_search search_space tuner hyperparameter_search"),
        ForeignWords("export", others: "export_format save_format"),
        ForeignWords(
            "output.directory", keras: "filepath", lightning: "default_root_dir dirpath", ludwig: "output_directory", darknet: "backup",
            others: "output_dir save_path out_dir log_dir save_dir results_dir model_dir checkpoint_dir"),
    ]

    private static let ofData: [ForeignWords] = [
        ForeignWords("data.path", ludwig: "dataset", others: "csv file filename data_path data_file input_file"),
        ForeignWords("data.train", sklearn: "X_train", ludwig: "training_set", others: "train_file train_path train_data trainset train_dataset"),
        ForeignWords(
            "data.validation", keras: "validation_data", ludwig: "validation_set", darknet: "valid",
            others: "val_data val_file val_set valid_file validation_file eval_set dev"),
        ForeignWords("data.test", sklearn: "X_test", ludwig: "test_set", others: "test_file test_path test_data"),
        ForeignWords("data.delimiter", others: "sep separator field_separator"),
        ForeignWords("data.header", others: "has_header"),
        ForeignWords("data.missing_values", others: "na_values null_values nan_values"),
        ForeignWords(
            "data.target", sklearn: "y y_train", ludwig: "output_features",
            others: "label labels target_column outputs label_column target_name response dependent_variable"),
        ForeignWords(
            "data.features", sklearn: "X feature_names", ludwig: "input_features",
            others: "inputs_columns columns usecols feature_columns feature_cols predictors"),
        ForeignWords("data.exclude", others: "drop_columns drop_cols ignore_columns exclude_columns"),
        ForeignWords("data.missing", sklearn: "SimpleImputer imputer", ludwig: "missing_value_strategy", others: "impute fillna"),
        ForeignWords("data.normalize: zscore", keras: "Normalization", sklearn: "StandardScaler", others: "standardize standardise standardization"),
        ForeignWords("data.normalize: minmax", sklearn: "MinMaxScaler", others: "rescale"),
        ForeignWords("data.normalize: robust", sklearn: "RobustScaler"),
        ForeignWords("data.indicator", sklearn: "add_indicator MissingIndicator"),
        ForeignWords("data.normalize", others: "scaler scaling scale feature_scaling normalise"),
        ForeignWords("data.sample_weight", sklearn: "sample_weights", others: "weight_column row_weights"),
        ForeignWords("data.split", sklearn: "train_test_split", others: "splits splitter"),
        ForeignWords(
            "data.split.validation", keras: "validation_split", sklearn: "validation_fraction",
            others: "val_split val_size valid_size val_ratio validation_size val_fraction"),
        ForeignWords("data.split.test", sklearn: "test_size", others: "test_split test_fraction test_ratio"),
        ForeignWords("data.split.train", sklearn: "train_size", others: "train_split train_ratio train_fraction"),
        ForeignWords("data.split.method", sklearn: "stratify", ludwig: "split_type"),
        ForeignWords("data.split.key", sklearn: "groups", others: "group_column group_by split_column"),
        ForeignWords("data.split.folds", sklearn: "cv n_splits", others: "k_folds kfold n_folds num_folds cross_validation"),
        ForeignWords("data.classes", keras: "class_names", darknet: "names", others: "label_names classes_"),
    ]

    private static let ofModel: [ForeignWords] = [
        ForeignWords(
            "model.layers", sklearn: "hidden_layer_sizes", ludwig: "combiner fc_layers num_fc_layers encoder decoder",
            others: "hidden_layers hidden_sizes hidden_dims layer_sizes num_layers",
            remark: "the output layer is one of them"),
        ForeignWords(
            "model.input", keras: "input_shape input_dim InputLayer", pytorch: "in_features", sklearn: "n_features_in_", darknet: "channels height",
            others: "input_size num_inputs n_inputs n_features num_features"),
        ForeignWords(
            "model.initial_weights", keras: "load_weights", lightning: "ckpt_path", sklearn: "warm_start", ludwig: "model_load_path",
            others: "pretrained checkpoint resume_from init_weights weights_path"),
    ]

    private static let ofLayers: [ForeignWords] = [
        ForeignWords(
            "units", keras: "neurons", pytorch: "out_features", ludwig: "output_size num_units", darknet: "filters output",
            others: "nodes size hidden_units hidden_size n_units hidden_dim"),
        ForeignWords("bias", keras: "use_bias", sklearn: "fit_intercept"),
        ForeignWords(
            "initializer", keras: "kernel_initializer", ludwig: "weights_initializer", others: "init weight_init weight_initializer init_method"),
        ForeignWords("activation", sklearn: "hidden_activation", others: "activation_function activation_fn act act_fn nonlinearity func"),
        ForeignWords("l2", keras: "kernel_regularizer l2_regularization", others: "l2_reg l2_lambda reg_lambda"),
        ForeignWords("l1", keras: "l1_regularization", others: "l1_reg l1_lambda"),
        ForeignWords("trainable", pytorch: "requires_grad"),
        ForeignWords("trainable", others: "freeze frozen", remark: "what is frozen is `trainable: false`"),
        ForeignWords(
            "dropout", keras: "rate", pytorch: "p", others: "dropout_rate dropout_prob dropout_probability drop_rate"),
        ForeignWords("dropout", others: "keep_prob keep_probability", remark: "it is the share of values that is dropped, not kept"),
    ]

    private static let ofOptimizer: [ForeignWords] = [
        ForeignWords("optimizer.type", sklearn: "solver", others: "optimizer_type optimizer_name"),
        ForeignWords(
            "optimizer.learning_rate", keras: "initial_learning_rate", pytorch: "lr", sklearn: "learning_rate_init eta0",
            ludwig: "base_learning_rate", others: "eta step_size base_lr initial_lr init_lr learn_rate"),
        ForeignWords("optimizer.momentum", others: "mom sgd_momentum"),
        ForeignWords("optimizer.nesterov", sklearn: "nesterovs_momentum", others: "use_nesterov"),
        ForeignWords("optimizer.beta1", pytorch: "betas", remark: "and the second number `beta2`"),
        ForeignWords("optimizer.beta1", keras: "beta_1", others: "b1 adam_beta1"),
        ForeignWords("optimizer.beta2", keras: "beta_2", others: "b2 adam_beta2"),
        ForeignWords("optimizer.epsilon", pytorch: "eps", others: "adam_epsilon"),
        ForeignWords("optimizer.history_size", others: "maxcor num_corrections"),
        ForeignWords("optimizer.tolerance_grad", others: "gtol pgtol"), ForeignWords("optimizer.tolerance_change", others: "ftol"),
        ForeignWords("optimizer.max_ls", others: "maxls"),
        ForeignWords("optimizer.c2", pytorch: "line_search_fn", remark: "lbfgs always searches for strong Wolfe conditions, with `c1` and `c2`"),
        ForeignWords("optimizer.weight_decay", darknet: "decay", others: "wd l2_penalty"),
        ForeignWords(
            "optimizer.weight_decay", sklearn: "alpha", ludwig: "regularization_lambda",
            remark: "it is the strength of a penalty; that of single layers is `l2`, and the alpha of PyTorch's RMSprop is `rho`"),
        ForeignWords("optimizer.weight_decay", sklearn: "C", remark: "C is its inverse: a larger C means a smaller weight_decay"),
        ForeignWords("optimizer.decay_bias", keras: "bias_regularizer", remark: "biases are penalised like the weights, or not at all"),
    ]

    private static let ofTraining: [ForeignWords] = [
        ForeignWords(
            "training.epochs", keras: "nb_epoch", lightning: "max_epochs", sklearn: "max_iter n_iter",
            others: "num_epochs n_epochs epoch num_train_epochs total_epochs"),
        ForeignWords(
            "training.epochs", lightning: "max_steps", ludwig: "train_steps", darknet: "max_batches", others: "iterations num_steps steps_per_epoch",
            remark: "it counts passes over the training rows, not steps"),
        ForeignWords(
            "training.batch_size", ludwig: "eval_batch_size", darknet: "batch",
            others: "bs minibatch_size train_batch_size per_device_train_batch_size"),
        ForeignWords(
            "training.batch_size", lightning: "accumulate_grad_batches", darknet: "subdivisions", others: "gradient_accumulation_steps",
            remark: "a batch goes through in one piece, and its size is all there is to choose"),
        ForeignWords("training.shuffle", ludwig: "should_shuffle", others: "shuffle_data"),
        ForeignWords("training.last_batch", keras: "drop_remainder", pytorch: "drop_last"),
        ForeignWords(
            "training.gradient_clip", keras: "clipnorm clipvalue global_clipnorm", pytorch: "clip_grad_norm max_norm",
            lightning: "gradient_clip_val gradient_clip_algorithm", ludwig: "gradient_clipping",
            others: "max_grad_norm grad_clip clip_gradients clip"),
        ForeignWords(
            "training.early_stopping", keras: "patience", sklearn: "n_iter_no_change tol", ludwig: "early_stop", others: "early_stopping_rounds"),
        ForeignWords(
            "training.schedule", keras: "ReduceLROnPlateau", pytorch: "lr_scheduler gamma", lightning: "warmup_epochs", sklearn: "power_t",
            ludwig: "learning_rate_scheduler", darknet: "policy steps scales burn_in power",
            others: "scheduler lr_schedule warmup warmup_steps learning_rate_decay decay_steps"),
        ForeignWords(
            "training.keep", keras: "save_best_only restore_best_weights ModelCheckpoint", lightning: "save_top_k",
            others: "load_best_model_at_end"),
        ForeignWords("training.monitor", ludwig: "validation_metric", others: "metric_for_best_model monitor_metric early_stopping_metric"),
        ForeignWords("training.max_time", others: "time_limit max_duration timeout"),
        ForeignWords("training.threads", pytorch: "num_workers num_threads", sklearn: "n_jobs", others: "workers n_threads"),
        ForeignWords("training.precision", keras: "dtype mixed_precision", others: "float_type"),
        ForeignWords(
            "training.checkpoint_every", keras: "save_freq", lightning: "every_n_epochs", ludwig: "checkpoints_per_epoch",
            others: "save_every checkpoint_interval save_steps"),
    ]
}
