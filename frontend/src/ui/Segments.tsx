import type { ReactNode } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";

interface SegmentsProps<Value extends string> {
  label: string;
  value: Value;
  choices: { value: Value; label: ReactNode }[];
  onChange: (value: Value) => void;
  labelHidden?: boolean;
}

/** Segments chooses one of two to four things that all fit on a line. */
export function Segments<Value extends string>({ label, value, choices, onChange, labelHidden }: SegmentsProps<Value>) {
  return (
    <RadioGroup
      className="field"
      orientation="horizontal"
      value={value}
      onChange={(next) => onChange(next as Value)}
      aria-label={labelHidden ? label : undefined}
    >
      {!labelHidden && <Label className="field-label">{label}</Label>}
      <div className="segments">
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} className="segment">
            {choice.label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
