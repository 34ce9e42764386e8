import title from '@salesforce/label/c.ScoreCalibration_Title';
import help from '@salesforce/label/c.ScoreCalibration_Help';
import picture from '@salesforce/label/c.ScoreCalibration_Picture';
import pictureBin from '@salesforce/label/c.ScoreCalibration_Picture_Bin';
import none from '@salesforce/label/c.ScoreCalibration_None';
import table from '@salesforce/label/c.ScoreCalibration_Table';
import range from '@salesforce/label/c.ScoreCalibration_Range';
import rangeCell from '@salesforce/label/c.ScoreCalibration_Range_Cell';
import stated from '@salesforce/label/c.ScoreCalibration_Stated';
import happened from '@salesforce/label/c.ScoreCalibration_Happened';
import rows from '@salesforce/label/c.ScoreCalibration_Rows';
import axisStated from '@salesforce/label/c.ScoreCalibration_Axis_Stated';
import axisHappened from '@salesforce/label/c.ScoreCalibration_Axis_Happened';

/** The texts of the picture that compares what was stated with what happened. */
export const labels = {
  title,
  help,
  picture,
  pictureBin,
  none,
  table,
  range,
  rangeCell,
  stated,
  happened,
  rows,
  axisStated,
  axisHappened,
};
