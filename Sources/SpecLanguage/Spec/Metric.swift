/// What can be measured beside the loss, by its name in the language. Training measures it; this is the one table of what there is.
public enum Metric: String, CaseIterable, Sendable {
    case accuracy, balanced_accuracy, top_2_accuracy, top_3_accuracy, top_5_accuracy, top_10_accuracy
    case macro_f1, macro_precision, macro_recall, micro_f1, micro_precision, micro_recall, weighted_f1, weighted_precision, weighted_recall
    case mcc, kappa, auc_roc, average_precision, log_loss, brier
    case precision, recall, f1
    case mse, rmse, mae, median_ae, mape, r2, explained_variance, max_error

    /// Which targets it asks for.
    public enum Domain: Sendable { case classes, manyClasses, twoClasses, numbers }

    public var domain: Domain {
        switch self {
        case .precision, .recall, .f1: .twoClasses
        case .top_2_accuracy, .top_3_accuracy, .top_5_accuracy, .top_10_accuracy: .manyClasses
        case .mse, .rmse, .mae, .median_ae, .mape, .r2, .explained_variance, .max_error: .numbers
        default: .classes
        }
    }

    public var higherIsBetter: Bool {
        switch self {
        case .log_loss, .brier, .mse, .rmse, .mae, .median_ae, .mape, .max_error: false
        default: true
        }
    }

    /// Whether outputs that are no probabilities have no such number.
    public var needsProbabilities: Bool { self == .log_loss || self == .brier }

    /// How many of the largest outputs a right class may be among; nil for other metrics.
    public var topCount: Int? {
        switch self {
        case .top_2_accuracy: 2
        case .top_3_accuracy: 3
        case .top_5_accuracy: 5
        case .top_10_accuracy: 10
        default: nil
        }
    }

    /// Whether a run whose target is of a kind has it.
    public func fits(_ task: Spec.Task) -> Bool {
        switch (domain, task) {
        case (_, .auto), (.classes, .classification), (.classes, .binary), (.manyClasses, .classification), (.twoClasses, .binary),
            (.numbers, .regression):
            true
        case (_, .multilabel): [.accuracy, .macro_f1, .log_loss].contains(self)
        default: false
        }
    }

    /// What `metrics: auto` measures.
    public static func standard(for task: Spec.Task) -> [Metric] {
        task == .regression ? [.mse, .rmse, .mae, .r2] : [.accuracy, .macro_f1, .log_loss]
    }

    /// The definition, for the page of the language.
    var definition: String {
        switch self {
        case .accuracy:
            "share of the rows whose class is the predicted one; of several labels, whose labels are all predicted right (those above 0.5)"
        case .balanced_accuracy: "mean over the classes that have rows of the share of their rows that is predicted right"
        case .top_2_accuracy, .top_3_accuracy, .top_5_accuracy, .top_10_accuracy:
            "share of the rows whose class is among the \(topCount ?? 0) largest outputs; of equal outputs the first classes count as larger"
        case .macro_f1: "mean of the classes' 2 TP / (2 TP + FP + FN); of several labels, of those that occur or are predicted"
        case .macro_precision: "mean of the classes' TP / (TP + FP)"
        case .macro_recall: "mean of the classes' TP / (TP + FN)"
        case .micro_f1, .micro_precision, .micro_recall: "the same over the sums of all classes, which is the accuracy: every row has one class"
        case .weighted_f1, .weighted_precision, .weighted_recall: "as with macro_, each class weighing as many as it has rows"
        case .mcc: "Matthews' coefficient: the correlation of predicted and true classes; undefined where either is the same in all rows"
        case .kappa: "Cohen's: (accuracy - chance) / (1 - chance), chance being sum of predicted x true rows / rows^2; undefined if chance is 1"
        case .auc_roc:
            "chance that a row of the class has a larger output for it than a row of another, ties counting half; of two classes the second, "
                + "of more the mean over the classes that have rows; undefined if all rows are of one class"
        case .average_precision:
            "sum over the distinct outputs, from the largest down, of the gain in recall x the precision there; of two classes the second, of "
                + "more the mean over the classes that have rows"
        case .log_loss: "mean of -ln p of the row's class, p held between 2.2e-16 and 1 - 2.2e-16; of several labels the mean over rows and labels"
        case .brier: "of two classes the mean of (p of the second - 1 or 0)^2; of more the mean over rows of the sum over classes"
        case .precision: "TP / (TP + FP) of the second class; undefined if no row is predicted as it"
        case .recall: "TP / (TP + FN) of the second class; undefined if no row is of it"
        case .f1: "2 TP / (2 TP + FP + FN) of the second class; undefined if all three are 0"
        case .mse: "mean of the squared errors"
        case .rmse: "square root of the mse"
        case .mae: "mean of the absolute errors"
        case .median_ae: "median of the absolute errors; of an even number of rows the mean of the two in the middle"
        case .mape: "mean of |error / true value|: 0.1 is ten percent; undefined if a true value is 0"
        case .r2: "1 - sum of squared errors / sum of (true value - its mean)^2; undefined if the target does not vary"
        case .explained_variance: "1 - variance of the errors / variance of the target; undefined if the target does not vary"
        case .max_error: "the largest absolute error; of several targets the largest of all"
        }
    }
}
