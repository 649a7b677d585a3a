import { Label, Radio, RadioGroup } from "react-aria-components";

interface OptionsProps {
  label: string;
  options: { id: string; label: string; hint?: string }[];
  value: string;
  onChange: (id: string) => void;
}

/** Options chooses one of a few, all in sight. */
export function Options({ label, options, value, onChange }: OptionsProps) {
  return (
    <RadioGroup className="field" value={value} onChange={onChange}>
      <Label className="field-label">{label}</Label>
      <div className="options">
        {options.map((option, index) => (
          <Radio key={option.id} value={option.id} className="options-item" autoFocus={value ? option.id === value : index === 0}>
            <span className="options-dot" aria-hidden />
            {option.label}
            {option.hint && <span className="field-hint">{option.hint}</span>}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
