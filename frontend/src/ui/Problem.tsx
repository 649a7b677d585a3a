import { Button } from "./Button";
import { copyText } from "./clipboard";
import { CircleAlert } from "./icons";

interface ProblemProps {
  message: string;
  detail?: string;
  retryLabel?: string;
  onRetry?: () => void;
  copyLabel?: string;
}

/** Problem says what went wrong, beside its cause, with the ways out. */
export function Problem({ message, detail, retryLabel, onRetry, copyLabel }: ProblemProps) {
  return (
    <div className="problem" role="alert">
      <CircleAlert size={15} aria-hidden />
      <span className="grow">{message}</span>
      {onRetry && retryLabel && (
        <Button size="small" onPress={onRetry}>
          {retryLabel}
        </Button>
      )}
      {copyLabel && (
        <Button size="small" kind="quiet" onPress={() => copyText(detail ?? message)}>
          {copyLabel}
        </Button>
      )}
    </div>
  );
}
