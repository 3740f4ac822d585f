/// The parts of docs/spec-language.md that no table knows.
enum LanguageProse {
    static let opening = """
        # The spec language, version 1
        <!-- Made by scripts/generate_docs.sh from the table of settings (Sources/SpecLanguage/Schema) and the prose beside the generator
             (Sources/SpecLanguage/Reference); change the words there. -->

        A spec is a YAML file that names the data and lists the layers. Everything else has a default, and `nnspec render SPEC` prints the spec
        with every default written out; the rendered spec is the same spec. A word that the language does not know is an error with its place
        and the nearest legal name, so no mistyped setting is ever ignored.

        ```yaml
        nnspec: 1
        data: {path: iris.csv, target: species}
        model: {layers: [16, auto]}
        ```

        """

    static let yaml = """
        ## YAML
        YAML 1.2, UTF-8, one document. Only `true` and `false` are booleans; `1e-3`, `.5` and `+1` are numbers. `010` in a number's place is an
        error (write `10`, or `0o10`), `1e1` is a whole number, `1_000` is none. Where names stand (columns, classes, categories, missing values)
        the written text is kept, so `no`, `010` and `null` are names. Anchors and aliases work; `<<`, tags and keys given twice are errors. Keys at
        the top that begin with `x-` are ignored. Limits: 1 MiB of text, depth 64, 100,000 nodes after alias expansion.

        """

    static let settings = """
        ## Settings
        `# =` marks the default. Behind it stands what else may be written, then what the setting does. Paths are relative to the file that writes
        them; those of `--set` to the working directory. `nnspec schema` prints the same table as JSON Schema, for editors.

        """

    static let layers = """
        ### Layers
        Each entry of `model.layers` is a layer, in the order in which the numbers pass through; nothing is added behind your back.

        """

    static let features = """
        ### Features
        An entry of `data.features` is the name of a column, or a mapping with settings for this column alone. docs/data-files.md tells what becomes
        of each kind of column, and of the rows.

        """

    static let insideValues = """
        ### Inside values
        Some values are mappings of one key, which says which kind it is. A kind whose settings all have defaults may stand alone: `loss: huber`.

        """

    static let losses = """
        ## Losses, weights and penalties
        - **Means and sums.** mse, mae and huber are means over rows and outputs, cross_entropy, binary_cross_entropy and kl_divergence means over
          rows; sse is the sum over both.
        - **The last activation.** Where the last layer names none, it is softmax for cross_entropy and for kl_divergence, sigmoid for
          binary_cross_entropy, and linear for the others. kl_divergence compares it with the target columns of a row, which should be a
          distribution.
        - **Far out** the losses of logits and their gradients are finite as long as the loss itself is a number of the precision, whatever the size
          of the logits; a logit that is NaN, or infinite and wrong, makes the loss so too, and the training ends as diverged.
        - **label_smoothing** e: of n classes the true one is aimed at 1 - e + e/n and each other at e/n; with binary_cross_entropy a target t
          becomes t (1 - e) + e/2. The training and the validation loss are smoothed, metrics (log_loss too) are not.
        - **class_weights** multiply the loss of each row by the weight of its class; a mean loss is divided by the sum of these weights (in
          training those of the batch), not by the number of rows. A class that is left out weighs 1. `balanced` is rows / (classes x rows of the
          class), counted in the training rows. The validation loss is weighted in the same way, metrics are not.
        - **data.sample_weight** multiplies the loss of each row by its number in that column. Together with class_weights a row weighs the
          product w = sample_weight x class_weight, and a mean loss is sum(w x loss) / sum(w) of the batch or part, sse is sum(w x loss), as in
          PyTorch and scikit-learn; `balanced` then counts each row as its sample_weight. Only the ratios of weights count, but for sse, and weights
          that are all 1 change no bit. Metrics, the majority baseline included, take sample_weight as scikit-learn's functions do: `median_ae`
          is the weighted median, `max_error` has no weights; the confusion matrix counts rows. The split, scaling and fills do not look at it. The
          column is no feature; predict does not need it, and `evaluate --data` of a file without it says so and takes all rows alike. In each part
          some row weighs more than 0.
        - **l1, l2** of a layer are added to the gradient of its weight w as l1 sign(w) + 2 l2 w, with sign(0) = 0: the penalty is l1 sum |w| + l2
          sum w^2. It is no part of the losses that are told. Biases are penalised with `decay_bias: true` only.
        - **gradient_clip** comes after l1 and l2, before the optimizer and its weight_decay. `norm` takes one norm over all gradients and
          multiplies them by limit / norm where the norm is above the limit, so that it is the limit afterwards (PyTorch divides by norm + 1e-6 and
          stays a millionth below it); `value` holds each number between -limit and limit.

        """

    static let limitedMemory = """
        ## L-BFGS
        `optimizer: lbfgs` is for data that fit into one step: thousands of rows rather than millions, and networks of at most some hundred thousand
        weights. It comes to a minimum in far fewer passes than the others, and to more digits.

        - **An epoch is an iteration**: a direction made from the last `history_size` steps, and a line search along it (strong Wolfe conditions
          with `c1` and `c2`, cubic interpolation, at most 1 + `max_ls` evaluations of loss and gradient). It takes all training rows, always in the
          same order: `batch_size` is full and `shuffle` false, and other values are an error. metrics.csv has the length of the step under
          learning_rate, and train.loss is that of the weights after it.
        - **It stops by itself** with `stop_reason` converged: when no number of the gradient is above `tolerance_grad`, when the loss falls by less
          than `tolerance_change` or no weight moves by more, or when no step makes the loss any less, as the precision may have it. Both
          tolerances are absolute. `precision: float64` goes to more digits.
        - **weight_decay and l2** are part of what is made small: weight_decay / 2 sum w^2 and l2 sum w^2, of biases with `decay_bias` only. Frozen
          weights and biases stay as they are. early_stopping, max_time, `keep: best` and checkpoints work as elsewhere.
        - **What does not go with it** is an error: batches, dropout, l1, schedules, gradient_clip, `on_nonfinite: halve_learning_rate`. A step to
          where the loss is not finite is never taken, it is made shorter; so only a start that is not finite ends with exit status 5.
        - **Memory**: 2 history_size + 1 vectors of all trained numbers are optimizer state, five more serve the line search.

        """

    static let schedules = """
        ## Schedules and stopping
        `training.schedule` gives every epoch its learning rate; metrics.csv has the one used. The schedules are PyTorch's, stepped once an epoch.
        With lr the optimizer's learning_rate, W the warmup_epochs, T the epochs without W, and e = 0, 1, ... the epoch's number after the warm-up:

        | schedule | rate |
        |---|---|
        | in the warm-up | epoch k of W: lr k / W |
        | `constant` | lr |
        | `step` | lr factor^(e / every, rounded down) |
        | `exponential` | lr factor^e |
        | `cosine` | minimum + (lr - minimum) (1 + cos(pi e / T)) / 2 |
        | `linear` | lr + (final - lr) e / T |
        | `one_cycle` | half a cosine from lr / div_factor up to lr in the first pct_start of T, then one down to that start / final_div_factor |
        | `reduce_on_plateau` | times factor (never below minimum) after more than patience epochs in a row without an improvement |

        - **reduce_on_plateau** takes for an improvement what is better than the best so far by more than threshold times that; it does not look at
          the warm-up. After a reduction the next cooldown epochs do not count. As in PyTorch, a change of at most 1e-8 is left out.
        - **early_stopping** stops after max(patience, 1) epochs in a row whose value is not better than that of the last improvement by more than
          min_delta. An equal value is no improvement, and neither is an undefined one. `mode: auto` takes the direction of the metric.
        - **What is kept.** `keep: best` keeps the epoch with the best `training.monitor`, of equal ones the first, whatever ended the training: the
          last epoch, early stopping, or max_time. `keep: last` keeps the last.
        - **max_time** counts from the start of the command. The epoch in which it is over is the last. How many these are depends on the machine:
          it is the one setting that can make two runs differ. `--resume` goes on from there.
        - **on_nonfinite.** The loss of every step is looked at, and weights and validation loss at the end of every epoch. At the first number that
          is not finite `stop` goes back to the last good state, finds out where it began, and ends with exit status 5. `halve_learning_rate` goes
          back to the end of the epoch before and on with half the rate of whatever the schedule says; after five times in one epoch it starts
          anew with the rate so far, and after 30 times in all it stops. metrics.csv has the rates used, run.json the epochs.

        ## Trials
        Two commands try a spec without writing anything, to be asked before a long training.

        - **`nnspec train SPEC --overfit N`** trains on N training rows alone: of classes the first rows of each in turn, else the first.
          The inputs are those of the training, fitted on all its rows; optimizer, learning_rate, batch_size, gradient_clip and initial
          weights are the spec's. Dropout, l1, l2, weight_decay, label_smoothing, class_weights, sample_weight, schedule, early_stopping
          and max_time are left out, and it is said which of them the spec has. The rows count as learnt by heart when, after an epoch and
          measured on them without dropout, all are predicted right and log_loss (where there are probabilities) is at most 0.1, or r2 is
          at least 0.99; where a target is the same in all of them rmse is at most a tenth of its standard deviation in the training part.
          It gives up after 10,000 steps, but not before 100 epochs, and with lbfgs where that converges. Exit status 0 if it can, 1 (E5087)
          if not, with what stands in the way.
        - **`nnspec find-lr SPEC`** is the learning-rate range test (Smith 2017): 100 steps over training batches, as a training takes them,
          while the rate rises from 1e-7 to 10 by the same factor each step; `--from`, `--to` and `--steps` change that. The schedule is
          left out. The sweep ends where the mean m = 0.95 m + 0.05 loss, divided by 1 - 0.95^step, is 4 times its lowest, or where a loss is
          not finite. The loss is shown smoothed over a tenth of the steps to either side, with weights that fall linearly. If it fell by a
          hundredth at all, a tenth of the rate at which it is lowest is suggested, to one digit; where it has fallen by four fifths and
          then takes back more than 15 % of its fall, what comes after counts no more, for a network that blew up may end low and dead.
          With the default of 100 steps, trainings with the suggestion come near the best of a grid of rates (scripts/learning_rates.py).

        ## Stopping and going on
        `nnspec train SPEC --resume` goes on from the checkpoint in the run folder and comes to the same bytes as a run that was never interrupted.
        A checkpoint holds all that the rest depends on: weights, optimizer state, best weights, the sums and the place of the epoch in progress, and
        what schedule and early stopping remember. It is a safetensors file with a checksum; the last two are kept, and if the newest is damaged
        the older one is used with a warning.

        - **checkpoint_every** says after which epochs one is written. Of short epochs only some are saved, at most one in half a second and so that
          saving takes a tenth of the time at most. A finished run keeps its last state, from which more `epochs` go on. With 0 there are none but
          those of a training that is stopped or diverges.
        - **SIGINT** (Ctrl-C) and **SIGTERM** let the step in progress end, save, and exit with 130 or 143; a second one ends the process at
          once. `--stop-after EPOCH` stops there with exit status 0 and `stop_reason` interrupted.
        - **What is new** after exit 5, 130 and 143: checkpoint/ and metrics.csv. weights.json and evaluation.json stay those of the last complete
          run. After `kill -9` or a power cut nothing but checkpoint/ is new.
        - **What may change** before `--resume`: `epochs` (unless the schedule depends on their number: cosine, linear, one_cycle), `max_time`,
          `threads`, `checkpoint_every`, `output`, `expect`, and between two epochs `on_nonfinite`. Any other setting, and other data, are refused by
          name. Without `--resume` the training starts anew.
        - One training at a time works in a run folder; the lock goes with its process, however that ends.

        """

    static let folds = """
        ## Cross-validation
        `data.split: {folds: 5}` trains five networks. The rows are divided into five parts of equal size (to one row), and each fold is trained on
        four of them and validated on the fifth: every row is validation once. All that is fitted, scaling and fills, is fitted on the fold's own
        training rows.

        - **method** divides as in other splits: stratified keeps the shares of the classes in every fold (to one row), random, ordered takes
          stretches of the file, and hash keeps the rows of one `key` in one fold (group k-fold): keys with more rows first, each into the
          fold with the fewest rows so far. So the folds are as equal as the keys allow, and rows that are added may move a key to another fold.
          Shares and `method: column` do not go with folds.
        - **Results.** evaluation.json has `<part>.<metric>.mean` and `.std` over the folds, then the numbers of each, `fold-1.validation.accuracy`;
          each fold counts the same, and the spread is the standard deviation of a sample, divided by folds - 1. A number that a fold does not have
          leaves mean and spread null. metrics.csv has all epochs behind a column `fold`. `fold-1`, `fold-2`, ... are whole runs with weights, for
          evaluate, predict and inspect; there are no weights that stand for all. To train the network for use, write `split: none`.
        - **Which epoch.** `keep: best` and early stopping look at the rows held back, which are those that are measured, so that the means are a
          little too good; a note says so. `keep: last` trains as scikit-learn's cross_val_score does.
        - **Threads.** Where a network is too small for a step to be shared by threads, each thread trains a fold of its own. The bytes are the same
          for any number of threads. `plan` and `--max-memory` count the folds at once.
        - **One fold** alone, `--set data.split.fold=2`, is an ordinary training that writes runs/<name>/fold-2, the same bytes as among the others,
          and goes on from the same checkpoints. If its numbers are no longer those in the files of all folds, these are taken away, with a warning.
        - **Stopping and going on.** Each fold keeps its states in fold-N/checkpoint as a training alone does. After a signal or `kill -9`,
          `--resume` takes the folds that are done as they are, goes on in those that are begun and trains the others, and comes to the bytes of the
          run that was never stopped. The files of all folds are replaced together, when the last is done, or not at all. `--stop-after` stops every
          fold there. Without `--resume` all folds begin anew, and their states of before are gone. `max_time` is divided evenly: each of 5 folds
          has a fifth of it, with two at once a third.
        - **What looks at one training**, `plan --emit`, find-lr, `--overfit` and the audit of `check --data`, looks at the first fold's.

        """

    static let metrics = """
        ## Metrics
        Each is measured over all rows of a part at once, with sums in the order of the rows, and is never a mean of batches. Losses are smoothed and
        weighted by class, metrics are not; `data.sample_weight` weighs both. Numbers are in the target's own units; of several targets each is
        measured alone, and the results are averaged. The predicted class is that of the largest output (of equal ones the first), with one output the
        second class where it exceeds 0.5. A mean over classes leaves out those that neither have rows nor are predicted; 0 / 0 in one of the others
        counts as 0. An undefined metric is null in JSON and an empty field in metrics.csv, and a warning says why; to wait for one with
        early_stopping is an error. The definitions are scikit-learn's, and the tests compare the numbers.

        """

    static let extending = """
        ## One spec on top of another
        `extends` merges mappings key by key; lists and one-of mappings (`gradient_clip`, `loss: {huber: ...}`) are replaced whole. Every file carries
        `nnspec: 1`. `--set training.epochs=5` is merged last, is YAML, and is checked like the file; lists cannot be set entry by entry.

        """

    static let checks = """
        ## What is checked before any data is read
        The split's shares sum to 1, that of training is greater than 0. `auto` units stand in the last layer. The last layer has as many units as
        there are targets, as `data.classes` names, or one for `binary_cross_entropy`. Its activation is the one the loss works on (softmax or
        sigmoid), once. A setting that does nothing is an error: `beta1` with sgd, `class_weights` in a regression, `keep: best` without validation
        rows, l1 or l2 on a weight that is not trained, `decay_bias` with nothing to decay, a warm-up as long as the training, dropout behind the
        last dense layer, `unseen` of a feature with `type: number`. A default may always be written. A target among the features of a
        classification is an error too; where the data decides on the task it is a warning, and in a regression it is an autoencoder. Metrics, and
        the monitor, are those of the task. All mistakes of a spec are told in one go, and the exit status is 3.

        """

    static let planned = """
        ## Planned
        The language is wider than this version, which refuses by name what it does not have:

        """
}
