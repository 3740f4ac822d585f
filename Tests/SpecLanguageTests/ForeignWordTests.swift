import Diagnostics
import Foundation
import SpecLanguage
import Testing

/// Words of other tools, each in a spec where its user would write it: the message names our word for it.
@Suite struct ForeignWordTests {
    enum Tool: String, CaseIterable, Sendable { case keras, pytorch, lightning, sklearn, ludwig, darknet }

    struct Case: Sendable, CustomTestStringConvertible {
        let tool: Tool
        let word: String
        /// The line that stands beside the smallest spec, or takes the place of one of its lines.
        let line: String
        /// What the fix, or the message of something that is not built, has to name.
        let ours: String
        var testDescription: String { "\(tool): \(line)" }

        init(_ tool: Tool, _ word: String, _ line: String, _ ours: String) {
            (self.tool, self.word, self.line, self.ours) = (tool, word, line, ours)
            precondition(line.contains(word))
        }
    }

    static let cases: [Case] = keras + pytorch + lightning + sklearn + ludwig + darknet

    private static func layer(_ text: String) -> String { "model: {layers: [\(text), auto]}" }

    private static let keras: [Case] = [
        Case(.keras, "units", "units: 64", "`dense: {units: 64}`"),
        Case(.keras, "kernel_initializer", layer("dense: {units: 8, kernel_initializer: he_normal}"), "`initializer`"),
        Case(.keras, "bias_initializer", layer("dense: {units: 8, bias_initializer: zeros}"), "biases begin at 0"),
        Case(.keras, "kernel_regularizer", layer("dense: {units: 8, kernel_regularizer: 0.01}"), "`l2`"),
        Case(.keras, "use_bias", layer("dense: {units: 8, use_bias: false}"), "`bias`"),
        Case(.keras, "input_shape", layer("dense: {units: 8, input_shape: [4]}"), "`model.input`"),
        Case(.keras, "input_dim", "model: {layers: [8, auto], input_dim: 4}", "`model.input`, as in `input: 4`"),
        Case(.keras, "validation_split", "training: {validation_split: 0.2}", "`data: {split: {validation: 0.2}}`"),
        Case(.keras, "validation_data", "data: {path: a.csv, target: y, validation_data: b.csv}", "`data.validation`"),
        Case(.keras, "callbacks", "training: {callbacks: [EarlyStopping]}", "`training.keep`"),
        Case(.keras, "compile", "compile: {optimizer: adam, loss: mse}", "`loss`, `optimizer` and `metrics`"),
        Case(.keras, "fit", "fit: {epochs: 10}", "`training: {epochs: 10}`"),
        Case(.keras, "class_weight", "training: {class_weight: balanced}", "`class_weights: balanced`"),
        Case(.keras, "clipnorm", "optimizer: {clipnorm: 1.0}", "`training.gradient_clip`"),
        Case(.keras, "beta_1", "optimizer: {beta_1: 0.9}", "`beta1`"),
        Case(.keras, "restore_best_weights", "training: {restore_best_weights: true}", "`training.keep`"),
        Case(.keras, "patience", "training: {patience: 5}", "`training.early_stopping`"),
        Case(.keras, "validation_freq", "training: {validation_freq: 1}", "after every epoch"),
        Case(.keras, "categorical_crossentropy", "loss: categorical_crossentropy", "`cross_entropy`"),
        Case(.keras, "sparse_categorical_crossentropy", "loss: sparse_categorical_crossentropy", "`cross_entropy`"),
        Case(.keras, "binary_crossentropy", "loss: binary_crossentropy", "`binary_cross_entropy`"),
        Case(.keras, "mean_squared_error", "loss: mean_squared_error", "`mse`"),
        Case(.keras, "kullback_leibler_divergence", "loss: kullback_leibler_divergence", "`kl_divergence`"),
        Case(.keras, "swish", layer("dense: {units: 8, activation: swish}"), "`silu`"),
        Case(.keras, "GlorotUniform", "model: {layers: [auto], initializer: GlorotUniform}", "`glorot_uniform`"),
        Case(.keras, "random_normal", "model: {layers: [auto], initializer: random_normal}", "`normal`"),
        Case(.keras, "RMSprop", "optimizer: RMSprop", "`rmsprop`"), Case(.keras, "Dense", layer("Dense: {units: 8}"), "`dense`"),
        Case(.keras, "Activation", layer("Activation: relu"), "`activation`"), Case(.keras, "Softmax", layer("Softmax"), "`- activation: softmax`"),
        Case(.keras, "BatchNormalization", layer("BatchNormalization"), "`batch_norm`"),
        Case(.keras, "InputLayer", layer("InputLayer: 4"), "`model.input`"),
        Case(.keras, "sparse_categorical_accuracy", "metrics: [sparse_categorical_accuracy]", "`accuracy`"),
    ]

    private static let pytorch: [Case] = [
        Case(.pytorch, "lr", "optimizer: {lr: 0.01}", "`learning_rate: 0.01`"),
        Case(.pytorch, "lr", "lr: 0.01", "`optimizer: {learning_rate: 0.01}`"),
        Case(.pytorch, "betas", "optimizer: {betas: [0.9, 0.999]}", "`optimizer.beta1` (and the second number `beta2`)"),
        Case(.pytorch, "eps", "optimizer: {eps: 1e-8}", "`epsilon: 1e-8`"), Case(.pytorch, "criterion", "criterion: mse", "`loss: mse`"),
        Case(.pytorch, "CrossEntropyLoss", "loss: CrossEntropyLoss", "`cross_entropy`"),
        Case(.pytorch, "nn.CrossEntropyLoss()", "loss: nn.CrossEntropyLoss()", "`cross_entropy`"),
        Case(.pytorch, "BCEWithLogitsLoss", "loss: BCEWithLogitsLoss", "`binary_cross_entropy`"), Case(.pytorch, "MSELoss", "loss: MSELoss", "`mse`"),
        Case(.pytorch, "L1Loss", "loss: L1Loss", "`mae`"), Case(.pytorch, "SmoothL1Loss", "loss: SmoothL1Loss", "`huber`"),
        Case(.pytorch, "NLLLoss", "loss: NLLLoss", "`cross_entropy`"), Case(.pytorch, "KLDivLoss", "loss: KLDivLoss", "`kl_divergence`"),
        Case(.pytorch, "nn.Linear", layer("nn.Linear: 8"), "`dense`"), Case(.pytorch, "nn.ReLU", layer("8, nn.ReLU"), "`- activation: relu`"),
        Case(.pytorch, "LeakyReLU", layer("8, LeakyReLU"), "`- activation: leaky_relu`"),
        Case(.pytorch, "nn.BatchNorm1d", layer("nn.BatchNorm1d: 8"), "`batch_norm`"), Case(.pytorch, "Conv2d", layer("Conv2d: 8"), "`conv2d`"),
        Case(.pytorch, "out_features", layer("dense: {out_features: 8}"), "`units`"),
        Case(.pytorch, "in_features", layer("dense: {units: 8, in_features: 4}"), "`model.input`"),
        Case(.pytorch, "requires_grad", layer("dense: {units: 8, requires_grad: false}"), "`trainable`"),
        Case(.pytorch, "num_workers", "data: {path: a.csv, target: y, num_workers: 4}", "`training: {threads: 4}`"),
        Case(.pytorch, "drop_last", "data: {path: a.csv, target: y, drop_last: true}", "`training.last_batch`"),
        Case(.pytorch, "lr_scheduler", "training: {lr_scheduler: cosine}", "`training.schedule`"),
        Case(.pytorch, "xavier_uniform_", "model: {layers: [auto], initializer: xavier_uniform_}", "`glorot_uniform`"),
        Case(.pytorch, "kaiming_normal", "model: {layers: [auto], initializer: kaiming_normal}", "`he_normal`"),
        Case(.pytorch, "manual_seed", "manual_seed: 1", "`seed: 1`"), Case(.pytorch, "pin_memory", "training: {pin_memory: true}", "in memory"),
        Case(.pytorch, "AdamW", "optimizer: AdamW", "`adamw`"), Case(.pytorch, "LBFGS", "optimizer: LBFGS", "`lbfgs`"),
    ]

    private static let lightning: [Case] = [
        Case(.lightning, "max_epochs", "training: {max_epochs: 10}", "`epochs: 10`"),
        Case(.lightning, "max_steps", "training: {max_steps: 10}", "`training.epochs`"),
        Case(.lightning, "gradient_clip_val", "training: {gradient_clip_val: 0.5}", "`training.gradient_clip`"),
        Case(.lightning, "gradient_clip_algorithm", "training: {gradient_clip_algorithm: norm}", "`training.gradient_clip`"),
        Case(.lightning, "accumulate_grad_batches", "training: {accumulate_grad_batches: 4}", "`training.batch_size`"),
        Case(.lightning, "check_val_every_n_epoch", "training: {check_val_every_n_epoch: 1}", "after every epoch"),
        Case(.lightning, "seed_everything", "seed_everything: 42", "`seed: 42`"), Case(.lightning, "accelerator", "accelerator: gpu", "processor"),
        Case(.lightning, "devices", "training: {devices: 2}", "processor"),
        Case(.lightning, "default_root_dir", "default_root_dir: out", "`output: {directory: out}`"),
        Case(.lightning, "ckpt_path", "ckpt_path: w.json", "`model: {initial_weights: w.json}`"),
        Case(.lightning, "save_top_k", "training: {save_top_k: 1}", "`training.keep`"),
        Case(.lightning, "enable_progress_bar", "enable_progress_bar: false", "`--quiet`"), Case(.lightning, "logger", "logger: csv", "metrics.csv"),
        Case(.lightning, "precision", "precision: 64", "`training.precision`"),
    ]

    private static let sklearn: [Case] = [
        Case(.sklearn, "hidden_layer_sizes", "hidden_layer_sizes: [100, 50]", "`model: {layers: [100, 50, auto]}`"),
        Case(.sklearn, "activation", "activation: logistic", "`model: {activation: sigmoid}`"),
        Case(.sklearn, "solver", "solver: adam", "`optimizer: {type: adam}`"), Case(.sklearn, "alpha", "alpha: 0.0001", "`optimizer.weight_decay`"),
        Case(.sklearn, "batch_size", "batch_size: 200", "`training: {batch_size: 200}`"),
        Case(.sklearn, "learning_rate_init", "learning_rate_init: 0.001", "`optimizer: {learning_rate: 0.001}`"),
        Case(.sklearn, "power_t", "power_t: 0.5", "`training.schedule`"), Case(.sklearn, "max_iter", "max_iter: 200", "`training: {epochs: 200}`"),
        Case(.sklearn, "shuffle", "shuffle: true", "`training: {shuffle: true}`"), Case(.sklearn, "random_state", "random_state: 1", "`seed: 1`"),
        Case(.sklearn, "tol", "tol: 0.0001", "`training.early_stopping`"), Case(.sklearn, "verbose", "verbose: true", "`--quiet`"),
        Case(.sklearn, "warm_start", "warm_start: true", "`model.initial_weights`"),
        Case(.sklearn, "nesterovs_momentum", "nesterovs_momentum: true", "`optimizer: {nesterov: true}`"),
        Case(.sklearn, "momentum", "momentum: 0.9", "`optimizer: {momentum: 0.9}`"),
        Case(.sklearn, "early_stopping", "early_stopping: true", "`training.early_stopping`"),
        Case(.sklearn, "validation_fraction", "validation_fraction: 0.1", "`data: {split: {validation: 0.1}}`"),
        Case(.sklearn, "n_iter_no_change", "n_iter_no_change: 10", "`training.early_stopping`"),
        Case(.sklearn, "C", "C: 1.0", "`optimizer.weight_decay`"), Case(.sklearn, "n_jobs", "n_jobs: 2", "`training: {threads: 2}`"),
        Case(.sklearn, "test_size", "test_size: 0.2", "`data: {split: {test: 0.2}}`"),
        Case(.sklearn, "stratify", "data: {path: a.csv, target: y, stratify: y}", "`data.split.method`"),
        Case(.sklearn, "StandardScaler", "data: {path: a.csv, target: y, normalize: StandardScaler}", "`zscore`"),
        Case(.sklearn, "MinMaxScaler", "MinMaxScaler: true", "`data.normalize: minmax`"),
        Case(.sklearn, "scoring", "scoring: [accuracy]", "`metrics: [accuracy]`"), Case(.sklearn, "log_loss", "loss: log_loss", "`cross_entropy`"),
        Case(.sklearn, "squared_error", "loss: squared_error", "`mse`"), Case(.sklearn, "f1_score", "metrics: [f1_score]", "`f1`"),
        Case(.sklearn, "identity", "model: {layers: [auto], activation: identity}", "`linear`"),
        Case(.sklearn, "most_frequent", "data: {path: a.csv, target: y, missing: most_frequent}", "`mode`"),
        Case(.sklearn, "cv", "cv: 5", "`data.split.folds`"),
        Case(.sklearn, "param_grid", "param_grid: {a: [1]}", "`sweep`"),
    ]

    private static let ludwig: [Case] = [
        Case(.ludwig, "input_features", "input_features: [{name: x, type: number}]", "`data: {features: [{name: x, type: number}]}`"),
        Case(.ludwig, "output_features", "output_features: [{name: y, type: category}]", "`data.target`"),
        Case(.ludwig, "combiner", "combiner: {type: concat}", "`model.layers`"),
        Case(.ludwig, "trainer", "trainer: {epochs: 10}", "`training: {epochs: 10}`"),
        Case(.ludwig, "preprocessing", "preprocessing: {split: {type: random}}", "`data`"),
        Case(.ludwig, "model_type", "model_type: regression", "`task: regression`"),
        Case(.ludwig, "hyperopt", "hyperopt: {goal: minimize}", "`sweep`"),
        Case(.ludwig, "ludwig_version", "ludwig_version: 1", "`nnspec`"),
        Case(.ludwig, "fc_layers", "model: {fc_layers: [{output_size: 8}], layers: [auto]}", "`model.layers`"),
        Case(.ludwig, "output_size", layer("dense: {output_size: 8}"), "`units`"),
        Case(.ludwig, "weights_initializer", layer("dense: {units: 8, weights_initializer: ones}"), "`initializer`"),
        Case(.ludwig, "regularization_lambda", "training: {regularization_lambda: 0.01}", "`optimizer.weight_decay`"),
        Case(.ludwig, "train_steps", "training: {train_steps: 100}", "`training.epochs`"),
        Case(.ludwig, "early_stop", "training: {early_stop: 5}", "`training.early_stopping`"),
        Case(.ludwig, "validation_metric", "training: {validation_metric: validation.loss}", "`monitor: validation.loss`"),
        Case(.ludwig, "should_shuffle", "training: {should_shuffle: true}", "`shuffle: true`"),
        Case(.ludwig, "missing_value_strategy", "data: {path: a.csv, target: y, missing_value_strategy: drop_row}", "`missing: drop_row`"),
        Case(.ludwig, "fill_with_mean", "data: {path: a.csv, target: y, missing: fill_with_mean}", "`mean`"),
        Case(.ludwig, "numerical", "data: {path: a.csv, target: y, features: [{name: x, type: numerical}]}", "`number`"),
        Case(.ludwig, "softmax_cross_entropy", "loss: softmax_cross_entropy", "`cross_entropy`"),
        Case(.ludwig, "random_seed", "random_seed: 42", "`seed: 42`"),
    ]

    private static let darknet: [Case] = [
        Case(.darknet, "net", "net: {batch: 64}", "`model.layers`"), Case(.darknet, "batch", "training: {batch: 64}", "`batch_size: 64`"),
        Case(.darknet, "max_batches", "training: {max_batches: 500}", "`training.epochs`"),
        Case(.darknet, "subdivisions", "training: {subdivisions: 8}", "`training.batch_size`"),
        Case(.darknet, "burn_in", "training: {burn_in: 1000}", "`training.schedule`"),
        Case(.darknet, "decay", "training: {decay: 0.0005}", "`optimizer: {weight_decay: 0.0005}`"),
        Case(.darknet, "policy", "training: {policy: steps}", "`training.schedule`"),
        Case(.darknet, "steps", "training: {steps: [400, 450]}", "`training.schedule`"),
        Case(.darknet, "scales", "training: {scales: [0.1, 0.1]}", "`training.schedule`"),
        Case(.darknet, "filters", layer("dense: {filters: 8}"), "`units`"), Case(.darknet, "connected", layer("connected: {units: 8}"), "`dense`"),
        Case(.darknet, "convolutional", layer("convolutional: {filters: 8}"), "`conv2d`"),
        Case(.darknet, "maxpool", layer("maxpool: 2"), "`max_pool2d`"),
        Case(.darknet, "leaky", layer("dense: {units: 8, activation: leaky}"), "`leaky_relu`"),
        Case(.darknet, "batch_normalize", layer("dense: {units: 8, batch_normalize: 1}"), "`batch_norm`"),
        Case(.darknet, "channels", "channels: 3", "`model: {input: 3}`"),
        Case(.darknet, "saturation", "saturation: 1.5", "rows are used as they are"),
        Case(.darknet, "backup", "backup: out", "`output: {directory: out}`"),
        Case(.darknet, "valid", "data: {train: a.csv, valid: b.csv, target: y}", "`validation: b.csv`"),
        Case(.darknet, "names", "data: {path: a.csv, target: y, names: [a, b]}", "`classes: [a, b]`"),
    ]

    /// The line takes the place of the smallest spec's line with the same key.
    private func spec(_ line: String) -> String {
        let key = line.prefix { $0 != ":" } + ":"
        return smallest.split(separator: "\n").filter { !$0.hasPrefix(key) }.map { $0 + "\n" }.joined() + line + "\n"
    }

    @Test(arguments: cases) func theWordIsUnderstood(_ each: Case) throws {
        let (document, diagnostics) = try read(spec(each.line))
        let words = diagnostics.map { ([$0.message, $0.fix ?? ""] + $0.notes).joined(separator: "\n") }
        #expect(document == nil)
        // The message about the word, not one about its shadow; one mistake, one message.
        let found = try #require(diagnostics.first { $0.range?.text.contains(each.word) == true }, "\(words)")
        #expect(diagnostics.count == 1, "\(words)")
        let told = found.code == "E0208" ? found.message : found.fix ?? ""
        #expect(told.contains(each.ours), "\(found.message)\n\(found.fix ?? "no fix")")
    }

    @Test func thereAreEnough() {
        let words = Set(Self.cases.map { $0.word.lowercased() })
        #expect(words.count >= 120)
        for tool in Tool.allCases { #expect(Set(Self.cases.filter { $0.tool == tool }.map(\.word)).count >= 14, "\(tool)") }
    }

    // MARK: Misplaced keys

    @Test(arguments: [
        ("epochs: 5", "`training.epochs`, as in `training: {epochs: 5}`"), ("batch_size: full", "`training: {batch_size: full}`"),
        ("learning_rate: 0.1", "`optimizer: {learning_rate: 0.1}`"), ("units: 8", "`dense: {units: 8}`"),
        ("layers: [4, auto]", "`model: {layers: [4, auto]}`"),
        ("dropout: 0.2", "`- dropout: 0.2` in `model.layers`"), ("target: y", "`data: {target: y}`"), ("path: a.csv", "`data: {path: a.csv}`"),
        ("training: {learning_rate: 0.1}", "`optimizer: {learning_rate: 0.1}`"), ("training: {dropout: 0.2}", "`- dropout: 0.2` in `model.layers`"),
        ("training: {loss: mse}", "`loss: mse`"), ("training: {optimizer: sgd}", "`optimizer: sgd`"), ("training: {seed: 3}", "`seed: 3`"),
        ("training: {units: 3}", "`dense: {units: 3}`"), ("training: {activation: tanh}", "`model: {activation: tanh}`"),
        ("optimizer: {epochs: 3}", "`training: {epochs: 3}`"), ("optimizer: {gradient_clip: {norm: 1}}", "`training: {gradient_clip: {norm: 1}}`"),
        ("data: {path: a.csv, target: y, batch_size: 3}", "`training: {batch_size: 3}`"),
        ("data: {path: a.csv, target: y, validation_split: 0.1}", "`split: {validation: 0.1}`"),
        ("model: {layers: [4, auto], dropout: 0.5}", "`- dropout: 0.5`"), ("model: {layers: [4, auto], dense: 8}", "`- dense: 8`"),
        ("model: {layers: [4, auto], loss: mse}", "`loss: mse`"), ("model: {layers: [4, auto], learning_rate: 1}", "`optimizer: {learning_rate: 1}`"),
        ("model: {layers: [{dense: {units: 4, dropout: 0.1}}, auto]}", "`- dropout: 0.1`"), ("l2: 0.1", "`dense: {units: 16, l2: 0.1}`"),
        ("training.epochs: 5", "`training: {epochs: 5}`"), ("optimizer.learning_rate: 5", "`optimizer: {learning_rate: 5}`"),
        ("output_directory: x", "`output: {directory: x}`"),
    ])
    func misplacedKeysAreSentHome(_ line: String, _ advice: String) throws {
        let (document, diagnostics) = try read(spec(line))
        #expect(document == nil && diagnostics.map(\.code) == ["E0201"], "\(diagnostics.map(\.message))")
        #expect(diagnostics.first?.fix?.contains(advice) == true, "\(diagnostics.first?.fix ?? "")")
    }

    /// What is shown with the value can be pasted: it is a legal setting there.
    @Test(arguments: cases) func whatIsShownIsLegal(_ each: Case) throws {
        let (_, diagnostics) = try read(spec(each.line))
        guard let shown = diagnostics.first?.fix?.firstMatch(of: /as in `([^`]+)`/)?.1, !shown.hasPrefix("nnspec") else { return }
        let codes = try read(spec(pasted(String(shown), into: each.line))).diagnostics.map(\.code)
        #expect(!codes.contains { $0.hasPrefix("E01") || $0.hasPrefix("E02") }, "\(shown): \(codes)")
    }

    /// What is shown stands at the top, or in the section or layer where the word stood; what these require is added.
    private func pasted(_ shown: String, into line: String) -> String {
        let required = ["data": "path: a.csv, target: y", "model": "layers: [auto]"]
        if let section = ["data", "model", "training", "optimizer", "output"].first(where: { shown.hasPrefix("\($0): {") }) {
            let isWhole = required[section].map { shown.contains($0.prefix { $0 != ":" } + ":") } ?? true
            return isWhole ? shown : shown.replacingOccurrences(of: "\(section): {", with: "\(section): {\(required[section] ?? ""), ")
        }
        if line.contains("dense: {") { return Self.layer("dense: {\(shown.hasPrefix("units") ? "" : "units: 8, ")\(shown)}") }
        let section = String(line.prefix { $0 != ":" })
        let isOfTheTop = ["class_weights", "loss", "metrics", "seed", "task"].contains { shown.hasPrefix("\($0):") }
        guard line.contains(": {"), !isOfTheTop else { return shown }
        let isPart = shown.hasPrefix("validation:") ? "train: a.csv, target: y" : required[section]
        return "\(section): {\(([isPart, shown] as [String?]).compactMap { $0 }.joined(separator: ", "))}"
    }

    @Test(arguments: [
        ("model: {layers: [{dense: {units: 8, frozen: true}}, auto]}", "`trainable`", "trainable: true"),
        ("warm_start: true", "`model.initial_weights`", "initial_weights: true"), ("keep_prob: 0.9", "`- dropout: ...`", "0.9"),
        ("C: 10", "`optimizer.weight_decay`", "weight_decay: 10"), ("max_batches: 500", "`training.epochs`", "epochs: 500"),
    ])
    func aValueThatMeansSomethingElseIsNotRepeated(_ line: String, _ ours: String, _ wrong: String) throws {
        let fix = try #require(try read(spec(line)).diagnostics.first?.fix)
        #expect(fix.contains(ours) && !fix.contains(wrong), "\(fix)")
    }

    // MARK: Spelling

    /// One mistake in three characters, swaps of neighbours as one; case, - and _ are forgiven; in any place.
    @Test(arguments: [
        ("training: {epohcs: 5}", "`epochs`"), ("training: {Batch-Size: 5}", "`batch_size`"), ("training: {batchSize: 5}", "`batch_size`"),
        ("training: {bacth_size: 5}", "`batch_size`"), ("Training: {epochs: 5}", "`training`"), ("trainning: {epochs: 5}", "`training`"),
        ("optimiser: adam", "`optimizer: adam`"), ("optimizer: {learning-rate: 1}", "`learning_rate`"),
        ("optimizer: {learnig_rate: 1}", "`learning_rate`"),
        ("optimizer: {LearningRate: 1}", "`learning_rate`"), ("learnig_rate: 1", "`optimizer.learning_rate`"),
        ("bacth_size: 5", "`training.batch_size`"),
        ("data: {path: a.csv, traget: y, target: y}", "`target`"), ("data: {paht: a.csv, path: b.csv, target: y}", "`path`"),
        ("model: {layer: [4], layers: [auto]}", "`layers`"), ("label-smoothing: 0.1", "`label_smoothing`"),
        ("optimizer: adma", "`adam`"), ("optimizer: SGD", "`sgd`"), ("optimizer: rms-prop", "`rmsprop`"), ("loss: cross-entropy", "`cross_entropy`"),
        ("loss: CrossEntropy", "`cross_entropy`"), ("loss: corss_entropy", "`cross_entropy`"),
        ("model: {layers: [auto], activation: ReLU}", "`relu`"),
        ("model: {layers: [auto], activation: Leaky-ReLU}", "`leaky_relu`"), ("model: {layers: [auto], activation: tahn}", "`tanh`"),
        ("model: {layers: [auto], initializer: HeNormal}", "`he_normal`"), ("metrics: [Acuracy]", "`accuracy`"),
        ("task: Clasification", "`classification`"),
        ("model: {layers: [desne: 4, auto]}", "`dense`"), ("model: {layers: [drop-out: 0.2, auto]}", "`dropout`"),
    ])
    func spelling(_ line: String, _ name: String) throws {
        let (document, diagnostics) = try read(spec(line))
        #expect(document == nil && diagnostics.count == 1, "\(diagnostics.map(\.message))")
        #expect(diagnostics.first?.fix?.contains(name) == true, "\(diagnostics.first?.fix ?? "no fix")")
    }

    @Test(arguments: ["training: {zzzzzz: 5}", "qqqq: 1", "loss: banana", "optimizer: zzzz"]) func nothingIsMadeUp(_ line: String) throws {
        let (_, diagnostics) = try read(spec(line))
        #expect(diagnostics.count == 1 && diagnostics.first?.fix == nil, "\(diagnostics.first?.fix ?? "")")
    }

    /// A section under another name is looked into all the same, and what stands there is not missing.
    @Test(arguments: [
        ("Training: {Epochs: 5, batch_size: 0}", ["E0201", "E0201", "E0205"]), ("trainer: {epochs: 5, learning_rate: 0.1}", ["E0201", "E0201"]),
        ("optimzer: {type: sgd, lr: 1}", ["E0201", "E0201"]), ("modle: {layers: [4, desne: 4]}", ["E0201", "E0210"]),
        ("Data: {path: a.csv, targt: y}", ["E0201", "E0201"]), ("trainer: 5", ["E0201"]), ("model2: {layers: [desne: 4]}", ["E0201"]),
    ])
    func aMisnamedSectionIsCheckedToo(_ line: String, _ codes: [String]) throws {
        let key = line.hasPrefix("modle") ? "model:" : line.hasPrefix("Data") ? "data:" : "none:"
        let text = smallest.split(separator: "\n").filter { !$0.hasPrefix(key) }.map { $0 + "\n" }.joined() + line + "\n"
        let (_, diagnostics) = try read(text)
        #expect(diagnostics.map(\.code) == codes, "\(diagnostics.map(\.message))")
    }

    // MARK: Values where a mapping has to stand

    @Test(arguments: [
        ("training: {early_stopping: 5}", "`early_stopping: {patience: 5}`"),
        ("training: {early_stopping: true}", "`early_stopping: {patience: 10}`"),
        ("training: {early_stopping: false}", "write `none`"), ("training: {gradient_clip: 1.0}", "write `gradient_clip: {norm: 1.0}`"),
        ("training: {gradient_clip: off}", "write `none`"), ("data: {path: a.csv, target: y, split: 0.2}", "write `split: {validation: 0.2}`"),
        ("data: {path: a.csv, target: y, missing: 0}", "write `missing: {constant: 0}`"), ("data: a.csv", "write `data: {path: a.csv, target: ...}`"),
        ("model: [16, auto]", "write `model: {layers: [16, auto]}`"), ("training: 50", "write `training: {epochs: 50}`"),
        ("output: out", "write `output: {directory: out}`"),
        ("model: {layers: [auto], initializer: 0.1}", "write `initializer: {normal: {std: 0.1}}`"),
        ("class_weights: 3", "write `class_weights: {name of a class: 3}`"), ("class_weights: [1, 2]", "`class_weights: {first: 1, second: 2}`"),
        ("metrics: accuracy", "write [accuracy]"), ("metrics: acc", "write [accuracy]"), ("model: {layers: 16}", "write [16]"),
        ("data: {path: a.csv, target: y, features: age}", "write [age]"), ("data: {path: a.csv, target: y, exclude: id}", "write [id]"),
        ("model: {layers: [{type: dense, units: 8}, auto]}", "write `- dense: 8`"),
        ("model: {layers: [{type: Dense, units: 8, activation: relu}, auto]}", "write `- dense: {units: 8, activation: relu}`"),
    ])
    func pasteableMappings(_ line: String, _ advice: String) throws {
        let (document, diagnostics) = try read(spec(line))
        #expect(document == nil && diagnostics.count == 1, "\(diagnostics.map(\.message))")
        #expect(diagnostics.first?.fix?.contains(advice) == true, "\(diagnostics.first?.fix ?? "no fix")")
    }

    @Test(arguments: [
        ("data.split.validation=20", "write 0.2"), ("data.split.validation=20%", "write 0.2"), ("training.batch_size=-1", "write `full`"),
        ("training.threads=-1", "write `auto`"), ("optimizer.learning_rate=0,1", "write 0.1"), ("label_smoothing=10", "write 0.1"),
        ("nnspec=2", "write `nnspec: 1`"), ("seed=None", "remove the key"), ("name=my model", "write `my_model`"), ("optimizer=Adadelta", "`adam`"),
        ("metrics=[roc_auc]", "`auc_roc`"), ("training.early_stopping=null", "write `none`"),
        ("model.activation=null", "write `linear`"), ("training.epochs=ten", ""),
    ])
    func numbersThatAreMeantOtherwise(_ text: String, _ advice: String) throws {
        let (document, diagnostics) = try read(smallest, [text])
        #expect(document == nil && diagnostics.count == 1, "\(diagnostics.map(\.message))")
        #expect(advice.isEmpty ? diagnostics.first?.fix == nil : diagnostics.first?.fix?.contains(advice) == true, "\(diagnostics.first?.fix ?? "")")
    }
}
